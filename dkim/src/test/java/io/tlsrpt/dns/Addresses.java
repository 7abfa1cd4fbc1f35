// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.dns;

final class Addresses implements Answers<Address> {
  @Override
  public Kind kind(Address address) {
    return switch (address) {
      case Address.Found found -> Kind.FOUND;
      case Address.Absent absent -> Kind.NOTHING;
      case Address.Unavailable unavailable -> Kind.UNAVAILABLE;
    };
  }

  @Override
  public Address unavailable(String why, boolean asked) {
    return new Address.Unavailable(why, asked);
  }
}
