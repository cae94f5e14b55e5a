package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.TokenScope;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.controlplane.AccessTokens;
import io.signalbox.mesh.controlplane.Doorkeeper;
import io.signalbox.mesh.controlplane.Identities;
import io.signalbox.mesh.controlplane.Keeping;
import io.signalbox.mesh.controlplane.TestMesh;
import io.signalbox.mesh.time.ManualTime;
import io.signalbox.mesh.tls.MeshCertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A test mesh behind a real server on a free port, and a client that holds its token; each answer is one that the document names. */
public final class HttpMesh implements AutoCloseable {

    public final TestMesh mesh = new TestMesh();
    /** Of tokens and certificates alone, so that days pass without half a million ticks of the mesh. */
    public final ManualTime trustTime = new ManualTime();

    public final AccessToken token = AccessToken.generate(new Random(1));
    public final AccessTokens tokens =
            new AccessTokens(Keeping.newest(mesh.store), mesh.controlPlane.audit(), trustTime, new Random(7));
    public final MeshCertificateAuthority authority =
            new MeshCertificateAuthority("test.signalbox", trustTime, new SecureRandom());
    public final FixedKeys keys = new FixedKeys(
            authority, () -> new MeshCertificateAuthority("test.signalbox", trustTime, new SecureRandom()));
    public final Identities identities = new Identities(
            Keeping.newest(mesh.store),
            mesh.controlPlane.audit(),
            tokens,
            mesh.events,
            keys,
            trustTime,
            Identities.LIFETIME);
    public final Doorkeeper door = new Doorkeeper(token, Optional.of(tokens), Optional.of(identities));
    public final ControlPlaneServer server = ControlPlaneServer.start(
            mesh.controlPlane,
            door,
            0,
            (out, _) -> out.write("signalbox_requests_total 1\n".getBytes(StandardCharsets.UTF_8)));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    public HttpResponse<String> post(String path, String json) {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    public HttpResponse<String> put(String path, String json, String... headers) {
        return send("PUT", path, json, headers);
    }

    public HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token.text());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            OpenApi.check(request.method(), request.uri(), answer);
            return answer;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The secret of a new token that is good for an hour. */
    public String token(String scope) {
        TokenRequest request =
                new TokenRequest(Optional.empty(), TokenScope.parse(scope), Duration.ofHours(1), TokenInfo.Uses.MANY);
        return tokens.create(request, TestMesh.NOTE).token();
    }

    /** Asks with another token than the owner's. */
    public HttpResponse<String> as(String secret, String method, String path, @Nullable String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve(path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + secret);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.build());
    }

    public URI uri(String path) {
        return server.uri().resolve(path);
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        mesh.close();
    }
}
