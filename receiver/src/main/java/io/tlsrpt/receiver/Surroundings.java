// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.receiver;

import static java.util.Objects.requireNonNull;

import io.tlsrpt.figures.posture.Postures;
import io.tlsrpt.receiver.port.ReceiverMeters;
import io.tlsrpt.receiver.port.ServedDomains;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * What a receiver finds where it is opened.
 *
 * @param directory for the files that must outlive the process
 * @param meters closed with the receiver, also if opening it fails
 * @param postures what is seen by looking; stays the caller's to close
 */
public record Surroundings(
    ServedDomains served,
    InstantSource clock,
    Path directory,
    ReceiverMeters meters,
    Postures postures) {
  public Surroundings {
    requireNonNull(served, "served");
    requireNonNull(clock, "clock");
    requireNonNull(directory, "directory");
    requireNonNull(meters, "meters");
    requireNonNull(postures, "postures");
  }
}
