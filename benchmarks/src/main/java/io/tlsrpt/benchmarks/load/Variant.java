// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.load;

import io.tlsrpt.it.JamesHome;

/** What becomes of mails to the rua address; all of them end there. */
enum Variant {
  /** James' own mailet that drops them. */
  NULL("Null") {
    @Override
    void configure(JamesHome home) {
      edit(home, "class=\"io.tlsrpt.mailet.TlsReportMailet\"", "class=\"Null\"");
    }
  },
  /** Ours, which believes everybody. */
  WITHOUT_DKIM("without DKIM") {
    @Override
    void configure(JamesHome home) {
      edit(home, "<!-- <dkim>required</dkim> -->", "<dkim>off</dkim>");
      dropCounted(home);
    }
  },
  /** Ours, as it comes. */
  WITH_DKIM("with DKIM") {
    @Override
    void configure(JamesHome home) {
      dropCounted(home);
    }
  };

  private static final String MAILET_CONTAINER = "mailetcontainer.xml";

  private final String title;

  Variant(String title) {
    this.title = title;
  }

  abstract void configure(JamesHome home);

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
