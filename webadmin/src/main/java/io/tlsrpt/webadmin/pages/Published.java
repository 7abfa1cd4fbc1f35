// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tlsrpt.figures.posture.Check;
import io.tlsrpt.figures.posture.CheckState;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.report.DomainName;
import io.tlsrpt.view.FiguresSource;
import io.tlsrpt.view.OwnLooks;
import io.tlsrpt.webadmin.markup.Words;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a domain publishes, as the receiver sees it when it looks for itself.
 *
 * @param posture empty if the domain is not looked at
 * @param hosts its MX hosts that are looked at, by name
 */
record Published(Optional<Posture> posture, Map<String, MxPosture> hosts) {
  Published {
    requireNonNull(posture, "posture");
    hosts = Map.copyOf(hosts);
  }

  static Published of(DomainName domain, FiguresSource source) {
    Optional<Posture> posture = source.postures().domain(domain);
    return new Published(
        posture, posture.map(known -> OwnLooks.hosts(known, source.postures())).orElse(Map.of()));
  }

  /** The member {@code published}; left out if the domain is not looked at. */
  void json(JsonGenerator json) throws IOException {
    if (posture.isEmpty()) {
      return;
    }
    Posture shown = posture.get();
    json.writeObjectFieldStart("published");
    time("lookedAt", shown.lastLook(), json);
    json.writeStringField("mode", shown.policy().mode().key());
    json.writeStringField("policyId", shown.policy().id());
    json.writeNumberField("maxAge", shown.policy().maxAge().toSeconds());
    time("policyCertificateExpires", shown.policyCertificateExpires(), json);
    checks(shown.checks(), json);
    json.writeArrayFieldStart("mxHosts");
    for (Posture.MxRecord mx : shown.mxHosts()) {
      json.writeStartObject();
      json.writeStringField("host", mx.host());
      json.writeNumberField("preference", mx.preference());
      MxPosture host = hosts.get(mx.host());
      if (host != null) {
        time("lookedAt", host.lastLook(), json);
        time("certificateExpires", host.tls().map(MxPosture.Tls::certificateExpires), json);
        checks(host.checks(), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void checks(Map<? extends Check, CheckState> checks, JsonGenerator json)
      throws IOException {
    json.writeArrayFieldStart("checks");
    for (Map.Entry<? extends Check, CheckState> check : checks.entrySet()) {
      json.writeStartObject();
      json.writeStringField("check", check.getKey().key());
      json.writeStringField("status", check.getValue().status().key());
      json.writeStringField("since", Words.second(check.getValue().since()));
      json.writeArrayFieldStart("findings");
      for (String finding : check.getValue().findings()) {
        json.writeString(finding);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static void time(String name, Optional<Instant> time, JsonGenerator json) throws IOException {
    if (time.isPresent()) {
      json.writeStringField(name, Words.second(time.get()));
    }
  }
}
