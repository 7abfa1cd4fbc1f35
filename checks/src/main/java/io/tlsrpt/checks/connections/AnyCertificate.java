// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.checks.connections;

import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every certificate pass, so that it can be seen and judged afterwards; nothing secret is sent
 * over such a connection. An extended one, since the JDK adds checks of its own to the plain kind.
 */
final class AnyCertificate extends X509ExtendedTrustManager {
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType) {
    // Judged later.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
    // Judged later.
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    // Judged later.
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType) {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
    throw notAServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
    throw notAServer();
  }

  private static UnsupportedOperationException notAServer() {
    return new UnsupportedOperationException("the checks are no server");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
