package io.signalbox.mesh.proxy;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A test with a mesh of its own, in which the service {@code shop} calls the service {@code catalog}. */
@Timeout(30)
abstract class MeshCase {

    protected TestMesh mesh;
    protected Sidecar shop;

    @BeforeEach
    void startMesh() {
        mesh = new TestMesh();
        shop = mesh.caller();
    }

    @AfterEach
    void stopMesh() throws Exception {
        mesh.close();
    }

    /** Puts the application behind a sidecar, as the next instance of catalog, version v1. */
    protected TestApp serve(TestApp app) {
        return serve("v1", app);
    }

    protected RawApp serve(RawApp app) {
        return serve("v1", app);
    }

    protected TestApp serve(String version, TestApp app) {
        mesh.closing(app);
        mesh.serve("catalog", version, "catalog-" + app.port(), app.port());
        return app;
    }

    protected RawApp serve(String version, RawApp app) {
        mesh.closing(app);
        mesh.serve("catalog", version, "catalog-" + app.port(), app.port());
        return app;
    }

    /** The application as an endpoint of catalog without a sidecar. */
    protected TestApp expose(TestApp app) {
        mesh.closing(app);
        mesh.plain("catalog", "v1", "catalog-" + app.port(), app.port());
        return app;
    }

    protected RawApp expose(RawApp app) {
        mesh.closing(app);
        mesh.plain("catalog", "v1", "catalog-" + app.port(), app.port());
        return app;
    }

    protected RawHttp.Answer get(String path) throws IOException {
        return call("GET " + path + " HTTP/1.1\nHost: catalog\n\n");
    }

    /** One request on a connection of its own; line breaks stand for CR LF. */
    protected RawHttp.Answer call(String request) throws IOException {
        try (RawHttp http = new RawHttp(shop.outboundPort())) {
            return http.send(request).answerTo(request.substring(0, request.indexOf(' ')));
        }
    }

    /** A port on which nothing listens. */
    protected static int closedPort() throws IOException {
        try (var socket = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
