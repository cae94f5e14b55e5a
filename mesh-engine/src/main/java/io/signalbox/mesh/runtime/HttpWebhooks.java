package io.signalbox.mesh.runtime;

import io.signalbox.mesh.controlplane.WebhookSender;
import io.signalbox.mesh.model.CanaryWebhook;
import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.PlainText;
import io.signalbox.mesh.time.Ticker;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Calls webhooks by HTTP POST, on threads of its own. It follows no redirect and takes no proxy, since both would lead
 * elsewhere than the rules allow.
 */
public final class HttpWebhooks implements WebhookSender, AutoCloseable {

    static final String SIGNATURE = "Signalbox-Signature";
    private static final String ID = "Idempotency-Key";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 64 << 10;
    private static final int SHOWN = 200;

    private final WebhookRules rules;
    private final Ticker ticker;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    public HttpWebhooks(WebhookRules rules, Ticker ticker, InstantSource clock) {
        this.rules = rules;
        this.ticker = ticker;
        this.clock = clock;
    }

    @Override
    public Optional<Refusal> refusal(CanaryWebhook webhook) {
        if (!rules.allows(webhook.url())) {
            return Optional.of(new Refusal(
                    "url",
                    webhook.url().toString(),
                    "a host that the control plane may call (--webhook-hosts): "
                            + (rules.hosts().isEmpty() ? "none" : String.join(", ", rules.hosts()))));
        }
        return webhook.secret()
                .filter(name -> file(name).filter(Files::isReadable).isEmpty())
                .map(name -> new Refusal(
                        "secret",
                        name,
                        rules.secrets()
                                .map(folder -> "a file of that name in " + folder)
                                .orElse("none: this control plane has no folder of secrets")));
    }

    @Override
    public CompletableFuture<Answer> send(Letter letter) {
        CanaryWebhook webhook = letter.webhook();
        Optional<Refusal> refusal = refusal(webhook);
        if (refusal.isPresent()) {
            Refusal why = refusal.get();
            return CompletableFuture.completedFuture(new Answer(
                    false,
                    "is not called: " + why.field() + ": " + why.value() + " (expected: " + why.expected() + ")"));
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.url())
                .timeout(webhook.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "signalbox")
                .header(ID, letter.id())
                .POST(HttpRequest.BodyPublishers.ofString(letter.body()));
        try {
            if (webhook.secret().isPresent()) {
                request.header(SIGNATURE, signature(webhook.secret().get(), letter.body()));
            }
        } catch (IOException | GeneralSecurityException e) {
            return CompletableFuture.completedFuture(new Answer(false, "is not called: " + e.getMessage()));
        }
        long begun = ticker.nanos();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
        CompletableFuture<Answer> answer = exchange.copy()
                .orTimeout(webhook.timeout().toNanos(), TimeUnit.NANOSECONDS)
                .handle((response, failure) -> {
                    exchange.cancel(true);
                    return response == null
                            ? new Answer(false, failed(failure, webhook.timeout()))
                            : answered(response, ticker.nanos() - begun);
                });
        CompletableFuture<Answer> _ = answer.whenComplete((_, _) -> {
            if (answer.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return answer;
    }

    /** What is under way is given up. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    /** {@code t=SECONDS,v1=HEX}: HMAC-SHA256 of {@code SECONDS.BODY}, so that what is old can be told. */
    private String signature(String secret, String body) throws IOException, GeneralSecurityException {
        Path file = file(secret).orElseThrow(() -> new IOException("secret " + secret + ": no folder of secrets"));
        byte[] key = Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            throw new IOException("secret " + secret + ": empty (expected: a text)");
        }
        long at = clock.instant().getEpochSecond();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] signed = mac.doFinal((at + "." + body).getBytes(StandardCharsets.UTF_8));
        return "t=" + at + ",v1=" + HexFormat.of().formatHex(signed);
    }

    private Optional<Path> file(String secret) {
        return rules.secrets().map(folder -> folder.resolve(secret));
    }

    private static Answer answered(HttpResponse<byte[]> response, long tookNanos) {
        boolean agrees = response.statusCode() / 100 == 2;
        String said = "answered " + response.statusCode() + " in " + TimeUnit.NANOSECONDS.toMillis(tookNanos) + " ms";
        String text = new String(response.body(), StandardCharsets.UTF_8).strip();
        String shown = PlainText.of(text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text);
        return new Answer(agrees, agrees || shown.isEmpty() ? said : said + ": " + shown);
    }

    private static String failed(@Nullable Throwable failure, Duration timeout) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case TimeoutException _ -> "did not answer within " + DurationText.format(timeout);
            case java.net.http.HttpConnectTimeoutException _ -> "could not be reached in time";
            case java.net.http.HttpTimeoutException _ -> "did not answer within " + DurationText.format(timeout);
            case java.net.ConnectException e -> "could not be reached: " + said(e);
            case null -> "did not answer";
            default -> "failed: " + said(cause);
        };
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        return PlainText.of(
                message == null || message.isBlank() ? failure.getClass().getSimpleName() : message);
    }
}
