// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver.deferral;

import java.util.List;

/** Whether there is a place for one more mail among those that wait. */
sealed interface Place {
  /**
   * There is.
   *
   * @param givingWay the mails that must give way; usually none
   */
  record Free(List<MailDigest> givingWay) implements Place {
    public Free {
      givingWay = List.copyOf(givingWay);
    }
  }

  /**
   * There is none.
   *
   * @param why which limit, with its value
   */
  record None(String why) implements Place {}
}
