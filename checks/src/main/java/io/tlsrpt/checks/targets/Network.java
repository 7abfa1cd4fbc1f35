// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.targets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;

/**
 * All addresses of a family that begin with the same bits, as {@code 10.0.0.0/8} and {@code
 * fd00::/8}. Immutable.
 */
public final class Network {
  private final byte[] address;
  private final int bits;

  private Network(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a network, or an address alone. Nothing is looked up.
   *
   * @return empty if it is neither, or the address has bits beyond the prefix: {@code 10.1.0.0/8}
   *     is more likely a slip than a network
   */
  public static Optional<Network> parse(String written) {
    int slash = written.indexOf('/');
    byte @Nullable [] address = octets(slash < 0 ? written : written.substring(0, slash));
    if (address == null) {
      return Optional.empty();
    }
    int all = address.length * Byte.SIZE;
    int bits = slash < 0 ? all : number(written.substring(slash + 1));
    return bits >= 0 && bits <= all && endsWithZeros(address, bits)
        ? Optional.of(new Network(address, bits))
        : Optional.empty();
  }

  /** Reads one address, without a look-up. */
  public static Optional<InetAddress> address(String literal) {
    byte @Nullable [] octets = octets(literal);
    try {
      return octets == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static byte @Nullable [] octets(String literal) {
    byte @Nullable [] octets = Address.toByteArray(literal, Address.IPv4);
    return octets != null || !literal.contains(":")
        ? octets
        : Address.toByteArray(literal, Address.IPv6);
  }

  private static int number(String written) {
    boolean isNumber =
        !written.isEmpty()
            && written.length() <= 3
            && written.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(written) : -1;
  }

  private static boolean endsWithZeros(byte[] address, int bits) {
    for (int i = bits; i < address.length * Byte.SIZE; i++) {
      if (bit(address, i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int bit(byte[] address, int index) {
    return address[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE) & 1;
  }

  public boolean contains(InetAddress other) {
    return contains(other.getAddress());
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      if (bit(other, i) != bit(address, i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(address, network.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  /** As it may be written: {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + bits;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the address was read as one", e);
    }
  }
}
