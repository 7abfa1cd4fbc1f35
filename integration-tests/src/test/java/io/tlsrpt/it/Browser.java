// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's {@code chromium}, driven as a person does. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BLOCKED = 2;

  private final ChromeDriver driver;
  private final Path downloads;

  private Browser(ChromeDriver driver, Path downloads) {
    this.driver = driver;
    this.downloads = downloads;
  }

  /** In CI it must be there; elsewhere a test without it is skipped. */
  static void assumeInstalled() {
    boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    if (Boolean.parseBoolean(System.getenv("CI"))) {
      assertThat(installed).as("chromium and chromedriver are installed").isTrue();
    }
    assumeTrue(installed, "Debian's packages chromium and chromium-driver are not installed");
  }

  /** Starts one as it comes. */
  static Browser start(Path directory) {
    return start(directory, Map.of());
  }

  /** Starts one that runs no script of any page. */
  static Browser startWithoutScript(Path directory) {
    return start(directory, Map.of("profile.managed_default_content_settings.javascript", BLOCKED));
  }

  private static Browser start(Path directory, Map<String, Object> more) {
    try {
      Path downloads = Files.createDirectories(directory.resolve("downloads")).toAbsolutePath();
      Map<String, Object> preferences = new HashMap<>(more);
      preferences.put("download.default_directory", downloads.toString());
      ChromeOptions options = new ChromeOptions();
      options.setBinary(CHROMIUM.toFile());
      // Root may only run it without a sandbox; the shared memory of containers is small.
      options.addArguments(
          "--headless=new",
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--disable-background-networking",
          "--window-size=1200,900");
      options.setExperimentalOption("prefs", preferences);
      LoggingPreferences logs = new LoggingPreferences();
      // Below are hints, such as that a form without a name of a user is hard on password managers.
      logs.enable(LogType.BROWSER, Level.INFO);
      options.setCapability("goog:loggingPrefs", logs);
      ChromeDriverService service =
          new ChromeDriverService.Builder()
              .usingDriverExecutable(DRIVER.toFile())
              .withLogFile(directory.resolve("chromedriver.log").toFile())
              .build();
      return new Browser(new ChromeDriver(service, options), downloads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void open(String address) {
    driver.get(address);
  }

  void back() {
    driver.navigate().back();
  }

  void forward() {
    driver.navigate().forward();
  }

  void reload() {
    driver.navigate().refresh();
  }

  String address() {
    return driver.getCurrentUrl();
  }

  /** Follows the first link in the page that reads so. */
  void follow(String text) {
    element(By.linkText(text)).click();
  }

  void click(String selector) {
    element(By.cssSelector(selector)).click();
  }

  /** Writes into a field, in place of what is there. */
  void fill(String selector, String text) {
    WebElement field = element(By.cssSelector(selector));
    field.clear();
    field.sendKeys(text);
  }

  /** What elements read. */
  List<String> texts(String selector) {
    return retrying(
        () ->
            driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList());
  }

  String text(String selector) {
    return retrying(() -> element(By.cssSelector(selector)).getText());
  }

  int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** Where the links of the page lead, all of them absolute. */
  List<String> links() {
    return driver.findElements(By.cssSelector("a[href]")).stream()
        .map(link -> Objects.requireNonNull(link.getDomProperty("href")))
        .toList();
  }

  private WebElement element(By what) {
    Waiting.until(PATIENCE, what + " is there", () -> !driver.findElements(what).isEmpty());
    return driver.findElement(what);
  }

  /** Once more if the script has put another page in place meanwhile. */
  private static <T> T retrying(Supplier<T> read) {
    try {
      return read.get();
    } catch (StaleElementReferenceException e) {
      return read.get();
    }
  }

  /** Waits for a page by its heading. */
  void awaitHeading(String heading) {
    Waiting.until(
        PATIENCE,
        "the page '" + heading + "' is shown, and not " + address(),
        () -> texts("h1").equals(List.of(heading)));
  }

  void await(String what, BooleanSupplier condition) {
    Waiting.until(PATIENCE, what, condition);
  }

  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** What a script returns that is not the page's. */
  Object ask(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  /** What is slower: waits until the script has called its last argument. */
  Object askLater(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
  }

  /** The colours that the person's system asks for. */
  void prefer(String scheme) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The page's width in pixels: no window is as narrow as a telephone. */
  void resize(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** What is seen, or more of the page than that. */
  void screenshot(Path file, int width, int height) {
    Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Map<String, Object> taken =
        driver.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of("format", "png", "clip", clip, "captureBeyondViewport", true));
    try {
      Files.write(file, Base64.getDecoder().decode(String.valueOf(taken.get("data"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the console has said since it was asked last. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(entry -> entry.getLevel() + " " + entry.getMessage())
        .toList();
  }

  /** Waits for a file, and takes it away. */
  String downloaded(String name) {
    Path file = downloads.resolve(name);
    Waiting.until(PATIENCE, name + " is there, of " + downloads(), () -> Files.exists(file));
    try {
      String text = Files.readString(file);
      Files.delete(file);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> downloads() {
    try (Stream<Path> files = Files.list(downloads)) {
      return files.map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
