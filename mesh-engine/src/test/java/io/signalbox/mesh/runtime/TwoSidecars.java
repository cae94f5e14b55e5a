package io.signalbox.mesh.runtime;

import com.sun.net.httpserver.HttpServer;
import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.RunningMeshes;
import io.signalbox.mesh.client.remote.RemoteMesh;
import io.signalbox.mesh.config.AccessToken;
import io.signalbox.mesh.config.SidecarFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A control plane of its own, a catalog and a storefront that calls it, each with a sidecar that is attached. */
final class TwoSidecars implements AutoCloseable {

    final StandaloneControlPlane plane;
    final MeshConnection mesh;
    final LocalSidecars serving;
    final LocalSidecars calling;

    /** What the catalog answers. */
    final AtomicInteger answer = new AtomicInteger(200);

    private final HttpServer catalog;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;

    TwoSidecars(Path folder) throws IOException {
        this.folder = folder;
        catalog = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        catalog.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(answer.get(), -1);
            }
        });
        catalog.start();
        plane = StandaloneControlPlane.start(
                new ControlPlaneOptions("attached", 0, folder.resolve("data"), ControlPlaneOptions.LEASE),
                new RunningMeshes(folder.resolve("run")));
        mesh = new RemoteMesh(plane.uri(), AccessToken.read(plane.tokenFile()), new SplittableRandom(1));
        serving = sidecar("service: catalog\napp: { port: " + appPort() + " }\n");
        calling = sidecar("service: storefront\n");
    }

    LocalSidecars sidecar(String document) throws IOException {
        Path file = folder.resolve("sidecar.yaml");
        Files.writeString(file, "");
        return LocalSidecars.start(
                List.of(SidecarFormat.read(
                        "apiVersion: signalbox.io/v1\nkind: Sidecar\nlimits: { drain: 100ms }\ncontrolPlane: { url: \""
                                + plane.uri() + "\", tokenFile: \"" + plane.tokenFile() + "\" }\n" + document,
                        file,
                        InstantSource.system().instant())),
                folder.resolve("state"),
                AttachmentListener.none());
    }

    /** Calls the catalog through the sidecar of the storefront. */
    int call(String path, String requestId, String... headers) {
        return callThrough(calling.sidecars().getFirst().outboundPort(), path, requestId, headers);
    }

    /** The same through a sidecar that listens on that port. */
    int callThrough(int port, String path, String requestId, String... headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .header("X-Target-Service", "catalog")
                    .header("X-Request-ID", requestId);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    int appPort() {
        return catalog.getAddress().getPort();
    }

    boolean serves() {
        return call("/", "warm-up") == 200;
    }

    @Override
    public void close() {
        calling.close();
        serving.close();
        mesh.close();
        plane.close();
        catalog.stop(0);
        http.close();
    }
}
