// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.JamesHome;
import java.util.List;

/** What becomes of mails to the rua address. */
enum Variant {
  /** James' own mailet that drops them. */
  NULL("Null") {
    @Override
    void configure(JamesHome home) {
      edit(home, OURS, "class=\"Null\"");
    }
  },
  /** Ours, which believes everybody. */
  WITHOUT_DKIM("without DKIM") {
    @Override
    void configure(JamesHome home) {
      believeEverybody(home);
      dropCounted(home);
    }
  },
  /** Ours, with signatures. */
  WITH_DKIM("with DKIM") {
    @Override
    void configure(JamesHome home) {
      dropCounted(home);
    }
  },
  /** James alone: a mailet that leaves a mail as it is, and a mailbox. */
  MAILBOX("the mailbox, without us") {
    @Override
    void configure(JamesHome home) {
      edit(home, OURS, "class=\"SetMailAttribute\"");
    }
  },
  /** Ours, which believes everybody, and a mailbox. */
  MAILBOX_WITHOUT_DKIM("the mailbox, without DKIM") {
    @Override
    void configure(JamesHome home) {
      believeEverybody(home);
    }
  },
  /** Ours, as it comes, and a mailbox. */
  MAILBOX_WITH_DKIM("the mailbox, with DKIM") {
    @Override
    void configure(JamesHome home) {}
  },
  /** Ours, as it comes; what it lets go on is dropped where it would be delivered. */
  COUNTED_AND_GONE("with DKIM, then dropped") {
    @Override
    void configure(JamesHome home) {
      edit(home, LoadedJames.DELIVERY, "<mailet match=\"All\" class=\"Null\"/>");
    }
  };

  /** Mails end at the mailet. */
  static final List<Variant> ENDING = List.of(NULL, WITHOUT_DKIM, WITH_DKIM);

  /** Mails go on into James' mailbox. */
  static final List<Variant> GOING_ON = List.of(MAILBOX, MAILBOX_WITHOUT_DKIM, MAILBOX_WITH_DKIM);

  private static final String MAILET_CONTAINER = "mailetcontainer.xml";
  private static final String OURS = "class=\"io.tlsrpt.mailet.TlsReportMailet\"";

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  abstract void configure(JamesHome home);

  /** The mailet that is the last to see a mail. */
  String lastMailet() {
    // In root behind the test's own, the postmaster's and that of the relay limit.
    return ENDING.contains(this)
        ? "processor=root,subtype=mailet,index=3"
        : "processor=local-delivery,subtype=mailet,index=2";
  }

  private static void believeEverybody(JamesHome home) {
    edit(home, "<!-- <dkim>required</dkim> -->", "<dkim>off</dkim>");
  }

  private static void dropCounted(JamesHome home) {
    edit(home, "<!-- <passThrough>true</passThrough> -->", "<passThrough>false</passThrough>");
    edit(
        home,
        "<!-- <rejectedProcessor>tlsrpt-rejected</rejectedProcessor> -->",
        "<rejectedProcessor>tlsrpt-rejected</rejectedProcessor>");
    edit(
        home,
        """
        <mailet match="All" class="ToRepository">
                <repositoryPath>memory://var/mail/tlsrpt-rejected/</repositoryPath>
              </mailet>""",
        "<mailet match=\"All\" class=\"Null\"/>");
  }

  private static void edit(JamesHome home, String before, String after) {
    home.edit(MAILET_CONTAINER, before, after);
  }

  @Override
  public String toString() {
    return title;
  }
}
