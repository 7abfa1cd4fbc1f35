// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A GET request for an address of ours.
 *
 * @param path as it was sent, percent-encoded, from the root of the server: {@code
 *     /tlsrpt/domains/example.com}
 * @param segments of the path below {@code /tlsrpt}, decoded, without empty ones
 * @param parameters of the query
 * @param acceptsHtml whether the header {@code Accept} names {@code text/html}
 * @param accept the header {@code Accept}, empty if there is none
 */
public record Request(
    String path, List<String> segments, Parameters parameters, boolean acceptsHtml, String accept) {
  public Request {
    requireNonNull(path, "path");
    segments = List.copyOf(segments);
    requireNonNull(parameters, "parameters");
    requireNonNull(accept, "accept");
  }

  /** Of a client that says nothing more of what it accepts. */
  public Request(String path, List<String> segments, Parameters parameters, boolean acceptsHtml) {
    this(path, segments, parameters, acceptsHtml, "");
  }

  /** The representation that is asked for: by {@code format}, else by what is accepted. */
  public Format format() {
    return parameters.choice("format", Format.class).orElseGet(this::acceptedFormat);
  }

  /** A browser accepts HTML. Everybody else gets JSON, as from all of WebAdmin. */
  public Format acceptedFormat() {
    return acceptsHtml ? Format.HTML : Format.JSON;
  }

  /** Links from this address to others of ours. */
  public Links links() {
    return Links.from(path);
  }
}
