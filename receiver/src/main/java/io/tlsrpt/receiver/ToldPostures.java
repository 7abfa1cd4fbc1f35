// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import io.tlsrpt.figures.posture.CheckEvent;
import io.tlsrpt.figures.posture.MxPosture;
import io.tlsrpt.figures.posture.Posture;
import io.tlsrpt.figures.posture.PostureListener;
import io.tlsrpt.receiver.port.DomainListener;
import io.tlsrpt.report.DomainName;

/** Has postures shown, and tells of checks that turn as of other events. */
record ToldPostures(PostureListener shown, DomainListener listener) implements PostureListener {
  @Override
  public void changed(Posture posture) {
    shown.changed(posture);
  }

  @Override
  public void changed(MxPosture posture) {
    shown.changed(posture);
  }

  @Override
  public void gone(DomainName domain) {
    shown.gone(domain);
  }

  @Override
  public void goneHost(String host) {
    shown.goneHost(host);
  }

  @Override
  public void tell(CheckEvent event) {
    listener.tell(event);
    shown.tell(event);
  }
}
