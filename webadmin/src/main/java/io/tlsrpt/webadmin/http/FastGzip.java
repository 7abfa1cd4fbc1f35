// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** For long texts that repeat themselves: more effort would take longer and hardly save more. */
public final class FastGzip extends GZIPOutputStream {
  private static final int BUFFER = 16 * 1024;

  public FastGzip(OutputStream out) throws IOException {
    super(out, BUFFER);
    def.setLevel(Deflater.BEST_SPEED);
  }
}
