// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.webadmin;

import java.util.List;
import org.apache.james.webadmin.CORSFilter;
import org.apache.james.webadmin.Routes;
import org.apache.james.webadmin.routes.CORSRoute;
import spark.Service;

/** A Spark, set up as James' {@code WebAdminServer} does it. */
final class WebAdminLike implements AutoCloseable {
  static final String PASSWORD = "correct horse";

  private final Service service = Service.ignite();

  private WebAdminLike(String corsOrigin, boolean asks, Routes routes) {
    service.ipAddress("127.0.0.1");
    service.port(0);
    service.notFound("{\"statusCode\":404,\"type\":\"notFound\"}");
    service.before(new CORSFilter(corsOrigin));
    new CORSRoute().define(service);
    service.before((request, response) -> response.type("application/json"));
    for (String path : List.of(routes.getBasePath(), routes.getBasePath() + "/*")) {
      service.before(
          path,
          (request, response) -> {
            if (asks
                && !request.requestMethod().equals("OPTIONS")
                && !PASSWORD.equals(request.headers("Password"))) {
              service.halt(401, "Unauthorized");
            }
          });
    }
    routes.define(service);
    service.awaitInitialization();
  }

  /** As James is configured by default. */
  static WebAdminLike open(Routes routes) {
    return new WebAdminLike("*", false, routes);
  }

  static WebAdminLike withPassword(Routes routes) {
    return new WebAdminLike("*", true, routes);
  }

  static WebAdminLike withOrigin(String corsOrigin, Routes routes) {
    return new WebAdminLike(corsOrigin, false, routes);
  }

  RawHttp http() {
    return new RawHttp(service.port());
  }

  @Override
  public void close() {
    service.stop();
    service.awaitStop();
  }
}
