// SPDX-License-Identifier: Apache-2.0

/**
 * The way of a mail, from its octets to the outcomes of its reports. Start at {@link
 * io.tlsrpt.receiver.intake.ReportIntake}. Everything here runs on the threads that bring mails, or
 * on those that judge waiting mails again.
 */
@NullMarked
package io.tlsrpt.receiver.intake;

import org.jspecify.annotations.NullMarked;
