// SPDX-License-Identifier: Apache-2.0

package io.tlsrpt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import io.tlsrpt.it.ReportMail.Form;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.core.Domain;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.filesystem.api.FileSystem;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.impl.MailetProcessorImpl;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.utils.ClassName;
import org.apache.james.utils.ExtendedClassLoader;
import org.apache.james.utils.ExtensionConfiguration;
import org.apache.james.utils.GuiceGenericLoader;
import org.apache.james.utils.GuiceMailetLoader;
import org.apache.james.utils.GuiceMatcherLoader;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.test.FakeMail;
import org.apache.mailet.base.test.FakeMailContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The plain jar in the real mailet container of James 3.9, with the root processor of our sample.
 */
class James39ContainerIT {
  private static final String HEALTH_CHECK = "io.tlsrpt.mailet.TlsReportStoreHealthCheck";
  private static final Path HOME = Build.directory("james-3.9");

  private static final Reporters REPORTERS = new Reporters();

  /** One, as in a server: it remembers classes for all of its kind. */
  private static ExtendedClassLoader extensionLoader;

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final List<Mail> transported = new ArrayList<>();
  private final List<MailetProcessorImpl> processors = new ArrayList<>();

  @BeforeAll
  static void install() throws IOException {
    Path extensions = Files.createDirectories(HOME.resolve("extensions-jars"));
    Path jar = extensions.resolve("tlsrpt-mailet.jar");
    Files.deleteIfExists(jar);
    Files.copy(Build.jar(), jar);
    extensionLoader = new ExtendedClassLoader(new HomeFileSystem());
    REPORTERS.dns().useInThisProcess();
  }

  @AfterAll
  static void stopDns() {
    REPORTERS.close();
  }

  @AfterEach
  void destroy() {
    processors.forEach(MailetProcessorImpl::destroy);
  }

  @AfterEach
  void forget() throws IOException {
    Path kept = Files.createDirectories(HOME.resolve("var/tlsrpt"));
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void classesShouldComeFromTheJarAndNotFromTheClassPath() {
    assertThatExceptionOfType(ClassNotFoundException.class)
        .isThrownBy(() -> Class.forName("io.tlsrpt.mailet.TlsReportMailet"));
  }

  @Test
  void reportShouldBeCountedAndGoOn() throws Exception {
    MailetProcessorImpl root = root(sample());
    Samples samples = new Samples(today, REPORTERS);
    Mail mail = mail(samples.all().getFirst().mail());
    root.service(mail);

    assertThat(outcome(mail)).isEqualTo("accepted");
    assertThat(transported).containsExactly(mail);
    assertThat(number("type=Domain,domain=example.com", "SuccessfulSessions")).isEqualTo(980);
    assertThat(number("type=Domain,domain=example.com", "ActiveFailures")).isEqualTo(20);
    assertThat(number("type=Meter,name=reports,outcome=accepted", "Count")).isEqualTo(1);
  }

  @Test
  void brokenReportShouldBeCountedAndGoOn() throws Exception {
    MailetProcessorImpl root = root(sample());
    String broken = new ReportMail("reporter.example", "example.com").of(Form.ALONE_GZIP, "{");
    Mail mail = mail(REPORTERS.signer("reporter.example").sign(broken));
    root.service(mail);

    assertThat(outcome(mail)).isEqualTo("rejected");
    assertThat(transported).containsExactly(mail);
    assertThat(number("type=Receiver", "ReportsRejected")).isEqualTo(1);
  }

  /** The server's own message, which writes each octet of a header above 127 as a question mark. */
  @Test
  void rawOctetsInSignedFieldsShouldVerify() throws Exception {
    MailetProcessorImpl root = root(sample());
    String report =
        new ReportMail("octets.example", "example.com")
            .of(
                Form.MULTIPART_GZIP,
                """
                {"report-id": "octets", "policies": [{
                  "policy": {"policy-type": "sts", "policy-domain": "example.com"},
                  "summary": {"total-successful-session-count": 11}}]}
                """)
            .replace("Subject: ", "Subject: \u00dcberblick! ");
    byte[] signed =
        REPORTERS
            .signer("octets.example")
            .withCanonicalization("simple/simple")
            .sign(Octets.of(report));
    MailImpl mail =
        MailImpl.builder().name("mail-1").addRecipient("tlsrpt@example.com").state("root").build();
    // Not by the builder: it copies the message, and James' copies lose these octets.
    mail.setMessageNoCopy(
        new MimeMessageWrapper(
            MimeMessageInputStreamSource.create("mail-1", new ByteArrayInputStream(signed))));
    try {
      root.service(mail);

      assertThat(outcome(mail))
          .as("%s", mail.getAttribute(AttributeName.of("io.tlsrpt.reason")))
          .isEqualTo("accepted");
      assertThat(number("type=Domain,domain=example.com", "SuccessfulSessions")).isEqualTo(11);
    } finally {
      mail.dispose();
    }
  }

  @Test
  void blocksShouldShareOneReceiverAndAMailBeJudgedOnce() throws Exception {
    String block =
        "<mailet match=\"io.tlsrpt.mailet.IsTlsReport\" class=\"io.tlsrpt.mailet.TlsReportMailet\">"
            + "<passThrough>false</passThrough></mailet>";
    MailetProcessorImpl root =
        root(sample().replaceFirst("<mailet match=\"All\" class=\"ToProcessor\">", block + "$0"));
    Mail rua = mail(new Samples(today, REPORTERS).all().getFirst().mail());
    Mail other =
        FakeMail.builder()
            .name("mail-2")
            .recipient("another@example.com")
            .mimeMessage(message(new Samples(today, REPORTERS).all().getFirst().mail()))
            .state("root")
            .build();
    root.service(rua);
    root.service(other);

    assertThat(number("type=Receiver", "ReportsAccepted")).isEqualTo(1);
    assertThat(number("type=Receiver", "ReportsDuplicate")).isEqualTo(1);
    assertThat(transported).containsExactly(rua);
    assertThat(other.getState()).isEqualTo(Mail.GHOST);
  }

  @Test
  void rejectedMailShouldBeJudgedAgainByTheProcessorForThat() throws Exception {
    GuiceGenericLoader loader = loader();
    MailetProcessorImpl root = root(sample(), loader);
    MailetProcessorImpl again = processor("tlsrpt-again", sample(), loader);
    Mail mail = mail(new Samples(today, REPORTERS).all().getFirst().mail());
    for (String name : List.of("io.tlsrpt.outcome", "io.tlsrpt.reason")) {
      mail.setAttribute(new Attribute(AttributeName.of(name), AttributeValue.of("rejected")));
    }
    root.service(mail);
    assertThat(outcome(mail)).isEqualTo("rejected");

    mail.setState("tlsrpt-again");
    again.service(mail);
    assertThat(outcome(mail)).isEqualTo("accepted");
    assertThat(mail.getAttribute(AttributeName.of("io.tlsrpt.reason"))).isEmpty();
    assertThat(mail.getState()).isEqualTo("transport");
    assertThat(number("type=Receiver", "ReportsReceived")).isEqualTo(1);
  }

  @Test
  void badParameterShouldStopTheContainerWithAMessage() throws Exception {
    String bad = sample().replace("<!-- <dkim>required</dkim> -->", "<maxDomains>0</maxDomains>");

    assertThatThrownBy(() -> root(bad))
        .rootCause()
        .isInstanceOf(MessagingException.class)
        .hasMessage(
            "TlsReportMailet: parameter maxDomains is '0'; allowed: a whole number from 1 to"
                + " 1000000");
  }

  @Test
  void healthChecksShouldSeeTheReceiverOfTheMailets() throws Exception {
    GuiceGenericLoader loader = loader();
    HealthCheck store = loader.instantiate(new ClassName(HEALTH_CHECK));
    assertThat(ask(store).isDegraded()).isTrue();

    root(sample(), loader);
    assertThat(ask(store).isHealthy()).isTrue();
    HealthCheck second = loader.instantiate(new ClassName(HEALTH_CHECK));
    assertThat(ask(second).isHealthy()).isTrue();
  }

  @Test
  void beansShouldGoWithTheContainer() throws Exception {
    MailetProcessorImpl root = root(sample());
    root.service(mail(new Samples(today, REPORTERS).all().getFirst().mail()));
    assertThat(beans.queryNames(new ObjectName("io.tlsrpt:*"), null)).hasSizeGreaterThan(3);

    destroy();
    processors.clear();
    assertThat(beans.queryNames(new ObjectName("io.tlsrpt:*"), null)).isEmpty();
  }

  private static Result ask(HealthCheck check) throws Exception {
    CompletableFuture<Result> answer = new CompletableFuture<>();
    check
        .check()
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(1);
              }

              @Override
              public void onNext(Result result) {
                answer.complete(result);
              }

              @Override
              public void onError(Throwable e) {
                answer.completeExceptionally(e);
              }

              @Override
              public void onComplete() {
                // The answer has come before.
              }
            });
    return answer.get(30, TimeUnit.SECONDS);
  }

  private static String sample() throws IOException {
    return Files.readString(Build.conf().resolve("mailetcontainer.xml"));
  }

  /** What makes mailets, matchers and health checks, from the extension's jar too. */
  private static GuiceGenericLoader loader() {
    return new GuiceGenericLoader(
        Guice.createInjector(
            binder -> {
              binder.bind(FileSystem.class).to(HomeFileSystem.class);
              binder.bind(DomainList.class).toInstance(domainList());
            }),
        extensionLoader,
        ExtensionConfiguration.DEFAULT);
  }

  private MailetProcessorImpl root(String mailetContainer) throws Exception {
    return root(mailetContainer, loader());
  }

  private MailetProcessorImpl root(String mailetContainer, GuiceGenericLoader loader)
      throws Exception {
    return processor("root", mailetContainer, loader);
  }

  /** Starts a processor of a mailetcontainer.xml; what it hands on is noted. */
  private MailetProcessorImpl processor(
      String state, String mailetContainer, GuiceGenericLoader loader) throws Exception {
    MailetProcessorImpl processor = new MailetProcessorImpl(state, new RecordingMetricFactory());
    processor.setMailetContext(context());
    processor.setMailetLoader(new GuiceMailetLoader(loader, Set.of()));
    processor.setMatcherLoader(new GuiceMatcherLoader(loader));
    processor.setRootMailProcessor((MailProcessor) transported::add);
    processor.configure(configuration(state, mailetContainer));
    processor.init();
    processors.add(processor);
    return processor;
  }

  private static HierarchicalConfiguration<ImmutableNode> configuration(
      String state, String mailetContainer) throws Exception {
    InputStream xml = new ByteArrayInputStream(mailetContainer.getBytes(StandardCharsets.UTF_8));
    return FileConfigurationProvider.getConfig(xml)
        .configurationsAt("processors.processor")
        .stream()
        .filter(processor -> processor.getString("[@state]").equals(state))
        .findFirst()
        .orElseThrow();
  }

  private static MailetContext context() {
    MailetContext fake = FakeMailContext.defaultContext();
    return (MailetContext)
        Proxy.newProxyInstance(
            MailetContext.class.getClassLoader(),
            new Class<?>[] {MailetContext.class},
            (proxy, method, arguments) ->
                method.getName().equals("isLocalServer")
                    ? ((Domain) arguments[0]).asString().equals("example.com")
                    : method.invoke(fake, arguments));
  }

  private static DomainList domainList() {
    return (DomainList)
        Proxy.newProxyInstance(
            DomainList.class.getClassLoader(),
            new Class<?>[] {DomainList.class},
            (proxy, method, arguments) -> List.of(Domain.of("example.com")));
  }

  private static FakeMail mail(String mail) throws MessagingException {
    return FakeMail.builder()
        .name("mail-1")
        .recipient("tlsrpt@example.com")
        .mimeMessage(message(mail))
        .state("root")
        .build();
  }

  private static MimeMessage message(String mail) throws MessagingException {
    return new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
  }

  private static String outcome(Mail mail) {
    return mail.getAttribute(AttributeName.of("io.tlsrpt.outcome"))
        .map(attribute -> String.valueOf(attribute.getValue().value()))
        .orElse("none");
  }

  private long number(String keys, String attribute) throws Exception {
    return (Long) beans.getAttribute(new ObjectName("io.tlsrpt:" + keys), attribute);
  }

  /** The directory of the server. */
  private static final class HomeFileSystem implements FileSystem {
    @Override
    public InputStream getResource(String url) throws IOException {
      return Files.newInputStream(getFile(url).toPath());
    }

    @Override
    public File getFile(String url) throws FileNotFoundException {
      return HOME.resolve(url.substring(FILE_PROTOCOL.length())).toFile();
    }

    @Override
    public File getBasedir() {
      return HOME.toFile();
    }
  }
}
