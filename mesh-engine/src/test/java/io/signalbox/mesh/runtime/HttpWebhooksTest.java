package io.signalbox.mesh.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.controlplane.WebhookSender;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.time.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real calls to a receiver on loopback. */
class HttpWebhooksTest {

    private static final String BODY = "{\"id\":\"catalog/1\"}";

    @TempDir
    Path secrets;

    private final CountDownLatch released = new CountDownLatch(1);
    private final ManualTime time = new ManualTime();
    private HttpServer receiver;
    private HttpWebhooks webhooks;
    private volatile String signature = "";
    private volatile String id = "";
    private volatile String got = "";
    private volatile boolean redirected;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/yes", exchange -> answer(exchange, 204, ""));
        receiver.createContext("/no", exchange -> answer(exchange, 503, "not \u001b[31mnow"));
        receiver.createContext("/long", exchange -> answer(exchange, 200, "x".repeat(100_000)));
        receiver.createContext("/away", exchange -> {
            exchange.getResponseHeaders().set("Location", "/target");
            answer(exchange, 302, "");
        });
        receiver.createContext("/target", exchange -> {
            redirected = true;
            answer(exchange, 200, "");
        });
        receiver.createContext("/never", exchange -> {
            try {
                boolean _ = released.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, 200, "");
        });
        receiver.start();
        webhooks = new HttpWebhooks(
                new WebhookRules(List.of("127.0.0.1:" + receiver.getAddress().getPort()), Optional.of(secrets)),
                time,
                time);
    }

    @AfterEach
    void stop() {
        released.countDown();
        webhooks.close();
        receiver.stop(0);
    }

    @Test
    void anAnswerOf2xxAgrees() {
        assertThat(asked("/yes")).isEqualTo(new WebhookSender.Answer(true, "answered 204 in 0 ms"));
        assertThat(got).isEqualTo(BODY);
        assertThat(id).isEqualTo("catalog/1/before-step/2/ready/17");
        assertThat(signature).isEmpty();
    }

    @Test
    void anyOtherAnswerDoesNotAndItsTextIsShownHarmless() {
        assertThat(asked("/no")).isEqualTo(new WebhookSender.Answer(false, "answered 503 in 0 ms: not \ufffd[31mnow"));
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(asked("/away").agrees()).isFalse();
        assertThat(redirected).isFalse();
    }

    @Test
    void anAnswerThatIsTooLongOrTooLateDoesNotAgree() {
        assertThat(asked("/long").agrees()).isFalse();
        assertThat(asked("/never", Duration.ofMillis(200), Optional.empty()))
                .isEqualTo(new WebhookSender.Answer(false, "did not answer within 200ms"));
    }

    @Test
    void nobodyWhoListensIsSaidToBeOutOfReach() {
        receiver.stop(0);

        assertThat(asked("/yes").said()).startsWith("could not be reached");
    }

    @Test
    void aSecretSignsTimeAndBody() throws Exception {
        Files.writeString(secrets.resolve("ci"), "swordfish\n");

        assertThat(asked("/yes", Duration.ofSeconds(30), Optional.of("ci")).agrees())
                .isTrue();

        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("swordfish".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        long at = time.instant().getEpochSecond();
        byte[] signed = mac.doFinal((at + "." + BODY).getBytes(StandardCharsets.UTF_8));
        assertThat(signature).isEqualTo("t=" + at + ",v1=" + HexFormat.of().formatHex(signed));
    }

    @Test
    void aHostThatIsNotAllowedAndASecretThatIsNotThereAreNotCalled() {
        CanaryWebhook elsewhere = webhook(URI.create("http://169.254.169.254/latest"), Optional.empty());
        assertThat(webhooks.refusal(elsewhere)).isPresent();
        assertThat(webhooks.send(new WebhookSender.Letter(elsewhere, "1", BODY))
                        .join()
                        .said())
                .startsWith("is not called: url: http://169.254.169.254/latest (expected: a host");
        assertThat(asked("/yes", Duration.ofSeconds(30), Optional.of("ci")).said())
                .startsWith("is not called: secret: ci (expected: a file of that name in ");
        assertThat(got).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        ci.example.org,       https://ci.example.org/a,        true
        ci.example.org,       http://CI.example.org:8080/a,    true
        ci.example.org:8443,  https://ci.example.org:8443,     true
        ci.example.org:443,   https://ci.example.org/,         true
        ci.example.org:443,   http://ci.example.org/,          false
        ci.example.org,       https://ci.example.org.evil.com, false
        *.example.org,        https://ci.example.org,          true
        *.example.org,        https://example.org,             false
        *.example.org,        https://badexample.org,          false
        '[::1]',              http://[::1]:9000/,              true
        """)
    void hostsAreAllowedByName(String allowed, URI url, boolean allows) {
        assertThat(new WebhookRules(List.of(allowed), Optional.empty()).allows(url))
                .isEqualTo(allows);
    }

    @Test
    void whatIsNoHostIsRefused() {
        assertThatThrownBy(() -> new WebhookRules(List.of("http://ci"), Optional.empty()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("webhook-hosts: http://ci (expected: HOST, HOST:PORT or *.DOMAIN)");
    }

    private WebhookSender.Answer asked(String path) {
        return asked(path, Duration.ofSeconds(30), Optional.empty());
    }

    private WebhookSender.Answer asked(String path, Duration timeout, Optional<String> secret) {
        URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + path);
        CanaryWebhook webhook = new CanaryWebhook(
                "ready", url, CanaryWebhook.When.BEFORE_STEP, timeout, 0, CanaryWebhook.OnFailure.HOLD, secret);
        return webhooks.send(new WebhookSender.Letter(webhook, "catalog/1/before-step/2/ready/17", BODY))
                .join();
    }

    private static CanaryWebhook webhook(URI url, Optional<String> secret) {
        return new CanaryWebhook(
                "ready",
                url,
                CanaryWebhook.When.BEFORE_STEP,
                Duration.ofSeconds(30),
                0,
                CanaryWebhook.OnFailure.HOLD,
                secret);
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        got = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        id = String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        signature = Optional.ofNullable(exchange.getRequestHeaders().getFirst(HttpWebhooks.SIGNATURE))
                .orElse("");
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
