// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.List;
import java.util.Optional;

/** Another implementation of DKIM. */
interface Peer extends AutoCloseable {
  String name();

  /** The peer's objection to each of the mails; empty if it finds the signature good. */
  List<Optional<String>> objections(List<Signed> mails);

  /** Whether it can come to the right end at all. */
  default boolean canJudge(Signed signed) {
    return true;
  }

  @Override
  void close();
}
