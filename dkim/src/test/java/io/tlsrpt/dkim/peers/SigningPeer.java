// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dkim.peers;

import java.util.List;
import java.util.Optional;

/** One that signs, too. */
interface SigningPeer extends Peer {
  /** Each of the mails with a signature on top, or empty where it refuses. */
  List<Optional<Mail>> sign(List<Unsigned> mails);
}
