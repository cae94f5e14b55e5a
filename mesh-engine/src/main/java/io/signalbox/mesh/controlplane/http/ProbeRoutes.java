package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.client.ControlPlaneInfo;
import io.signalbox.mesh.metrics.ScrapeFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;

/** What machines ask before anything else: alive, ready, figures, and the interface itself. */
final class ProbeRoutes {

    private final Surroundings surroundings;

    ProbeRoutes(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/health", _ -> Reply.json(new Health("healthy", "control-plane"))),
                Route.get("/ready", _ -> ready()),
                Route.get("/metrics", this::metrics),
                Route.get("/openapi.yaml", _ -> Reply.text("application/yaml", openApi())));
    }

    private Reply ready() {
        surroundings.controlPlane().requireHeard();
        return surroundings.serving().getAsBoolean()
                ? Reply.json(surroundings.controlPlane().replicas().stream()
                        .filter(ControlPlaneInfo::here)
                        .findFirst()
                        .<Object>map(here -> Map.of("status", "ready", "role", here.role()))
                        .orElse(Map.of("status", "ready")))
                : Problem.of(503, "The control plane is stopping.").reply();
    }

    private Reply metrics(Call call) {
        ScrapeFormat format =
                ScrapeFormat.accepted(call.header(HttpHeader.ACCEPT).orElse(null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            surroundings.metrics().write(out, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Reply.text(format.contentType(), out.toString(StandardCharsets.UTF_8));
    }

    static String openApi() {
        try (InputStream in = Objects.requireNonNull(
                ProbeRoutes.class.getResourceAsStream("openapi.yaml"), "openapi.yaml is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Health(String status, String service) {}
}
