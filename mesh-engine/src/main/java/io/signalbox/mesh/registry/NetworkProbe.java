package io.signalbox.mesh.registry;

import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.ServiceInstance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Checks instances over the network: {@code metadata.health_url} by an HTTP GET that must answer 2xx, else
 * {@code metadata.health_path} likewise on the instance's own address, else by opening a TCP connection.
 *
 * <p>An instance whose port speaks mutual TLS or plain TCP is not asked for a {@code health_path}: only its port is tried. Safe to
 * use from any thread.
 */
public final class NetworkProbe implements Probe, AutoCloseable {

    private static final int SUCCESS = 2;

    private final Duration timeout;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /** @param timeout of connecting, and of waiting for an answer's head */
    public NetworkProbe(Duration timeout) {
        this.timeout = timeout;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .executor(executor)
                .build();
    }

    @Override
    public CompletionStage<ProbeResult> probe(ServiceInstance instance) {
        String url = instance.metadata().get("health_url");
        if (url != null) {
            return get("health_url", url);
        }
        String path = instance.metadata().get("health_path");
        boolean asksByHttp = instance.spiffeId().isEmpty() && instance.protocol() != Protocol.TCP;
        if (path != null && asksByHttp) {
            return get("health_path", "http://" + authority(instance) + path);
        }
        return connect(instance.host(), instance.port());
    }

    @Override
    public void close() {
        client.shutdownNow();
        executor.shutdownNow();
    }

    private CompletionStage<ProbeResult> get(String field, String url) {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(new URI(url)).timeout(timeout).build();
        } catch (URISyntaxException | IllegalArgumentException _) {
            return CompletableFuture.completedStage(
                    new ProbeResult.Failed("metadata." + field + ": " + url + " (expected: http://HOST/PATH)"));
        }
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        CompletableFuture<ProbeResult> result = answer.thenApply(NetworkProbe::judge);
        var _ = result.whenComplete((_, _) -> answer.cancel(true));
        return result;
    }

    private CompletionStage<ProbeResult> connect(String host, int port) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = new Socket()) {
                        socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
                        return new ProbeResult.Passed();
                    } catch (IOException e) {
                        return new ProbeResult.Failed(host + ":" + port + ": " + e.getMessage());
                    }
                },
                executor);
    }

    private static ProbeResult judge(HttpResponse<Void> answer) {
        return answer.statusCode() / 100 == SUCCESS
                ? new ProbeResult.Passed()
                : new ProbeResult.Failed("HTTP " + answer.statusCode());
    }

    private static String authority(ServiceInstance instance) {
        String host = instance.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + instance.port();
    }
}
