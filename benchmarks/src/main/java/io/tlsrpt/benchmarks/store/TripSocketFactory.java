// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.benchmarks.store;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Connections to a server that is farther away than it is: whoever asks it something waits a moment
 * before the question goes out. All trips of this JVM are counted. The driver makes the factory,
 * since a URL names it: {@code socketFactory} the class, {@code socketFactoryArg} the milliseconds.
 */
public final class TripSocketFactory extends SocketFactory {
  private final Duration delay;

  /** As the driver calls it. */
  public TripSocketFactory(String millis) {
    delay = Duration.ofMillis(Long.parseLong(millis));
  }

  /** A URL whose connections are made by such a factory. */
  static String url(String url, Duration delay) {
    return "%s&socketFactory=%s&socketFactoryArg=%d"
        .formatted(url, TripSocketFactory.class.getName(), delay.toMillis());
  }

  @Override
  public Socket createSocket() {
    return new TripSocket(delay);
  }

  private static final class TripSocket extends Socket {
    private final Duration delay;

    /** Whether the server was listened to since the last trip began. */
    private boolean hasAnswered = true;

    TripSocket(Duration delay) {
      this.delay = delay;
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(int octet) throws IOException {
          write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
          if (hasAnswered) {
            hasAnswered = false;
            Trips.begin();
            sleep();
          }
          Trips.sent(length);
          out.write(octets, offset, length);
        }
      };
    }

    private void sleep() throws IOException {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          byte[] octet = new byte[1];
          return read(octet, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(octet[0]);
        }

        @Override
        public int read(byte[] octets, int offset, int length) throws IOException {
          int read = in.read(octets, offset, length);
          hasAnswered = true;
          Trips.received(read);
          return read;
        }
      };
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("the driver connects sockets itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("the driver connects sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("the driver connects sockets itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) {
    throw new UnsupportedOperationException("the driver connects sockets itself");
  }
}
