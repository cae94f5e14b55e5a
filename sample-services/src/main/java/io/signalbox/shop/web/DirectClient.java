package io.signalbox.shop.web;

import io.signalbox.mesh.config.AccessToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Asks one address on loopback that is no service of the mesh, by a token. Calls block; safe from any thread. */
public final class DirectClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI address;
    private final AccessToken token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("direct-", 0).factory()))
            .build();

    public DirectClient(URI address, AccessToken token) {
        this.address = address;
        this.token = token;
    }

    /**
     * Sends one request.
     *
     * @param path with its query
     * @param body JSON, or empty
     * @throws NeighbourFailure when nobody answers, or with a server error
     */
    public Answer send(String method, String path, String body) {
        String who = address.getAuthority();
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token.text())
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 500) {
                throw new NeighbourFailure(who, "it answered " + response.statusCode() + " " + response.body());
            }
            return new Answer(who, response.statusCode(), response.body());
        } catch (IOException e) {
            throw new NeighbourFailure(who, "no answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NeighbourFailure(who, "interrupted");
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
