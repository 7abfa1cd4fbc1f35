// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.figures.posture;

import io.tlsrpt.report.DomainName;

/**
 * Is told what changes in {@link Postures}. Called by the threads that look, by several at once,
 * and must return soon.
 */
public interface PostureListener {
  /** Listens to nothing. */
  PostureListener NONE =
      new PostureListener() {
        @Override
        public void changed(Posture posture) {}

        @Override
        public void changed(MxPosture posture) {}

        @Override
        public void gone(DomainName domain) {}

        @Override
        public void goneHost(String host) {}

        @Override
        public void tell(CheckEvent event) {}
      };

  /** A domain has a posture now, or another one. */
  void changed(Posture posture);

  /** An MX host has a posture now, or another one. */
  void changed(MxPosture posture);

  /** A domain is not looked at any more. */
  void gone(DomainName domain);

  /** A host is no MX host any more, or no longer among the 500 of the most domains. */
  void goneHost(String host);

  /**
   * A check has turned to failing, or from failing to ok. What was so at the first look after the
   * start is not told; at most one event in an hour for each subject and check.
   */
  void tell(CheckEvent event);
}
