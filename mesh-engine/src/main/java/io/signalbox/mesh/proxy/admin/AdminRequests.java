package io.signalbox.mesh.proxy.admin;

import io.signalbox.mesh.metrics.ScrapeFormat;
import io.signalbox.mesh.metrics.SidecarMetrics;
import io.signalbox.mesh.model.MeshConfig;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.RequestHandler;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code /health}, {@code /ready}, {@code /metrics} and {@code /config}, each on a virtual thread of its own, for
 * some of them take time.
 */
public final class AdminRequests implements RequestHandler {

    private static final Logger log = LoggerFactory.getLogger(AdminRequests.class);
    private static final int CONNECT_MILLIS = 1_500;
    private static final String JSON = "application/json";
    private static final AnswerListener NOBODY = new AnswerListener() {
        @Override
        public void onDelivered() {}

        @Override
        public void onCallerGone() {}
    };

    private final String service;
    private final @Nullable InetSocketAddress application;
    private final SidecarMetrics metrics;
    private final Supplier<MeshConfig> config;
    private final BooleanSupplier draining;

    public AdminRequests(
            String service,
            @Nullable InetSocketAddress application,
            SidecarMetrics metrics,
            Supplier<MeshConfig> config,
            BooleanSupplier draining) {
        this.service = service;
        this.application = application;
        this.metrics = metrics;
        this.config = config;
        this.draining = draining;
    }

    @Override
    public void handle(ServerExchange exchange) {
        Thread.startVirtualThread(() -> exchange.answer(answerTo(exchange), NOBODY));
    }

    private Answer answerTo(ServerExchange exchange) {
        String method = exchange.head().method();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return new Answer(405, Map.of("Allow", "GET, HEAD"), ByteBuffer.allocate(0));
        }
        try {
            return switch (exchange.head().path()) {
                case "/health" -> text(200, JSON, "{\"status\":\"healthy\",\"service\":\"" + service + "\"}");
                case "/ready" -> ready();
                case "/metrics" -> metrics(exchange.head().headers().first("Accept"));
                case "/config" -> text(200, JSON, ConfigJson.of(config.get()));
                default -> text(404, "text/plain", "try /health, /ready, /metrics or /config\n");
            };
        } catch (IOException | RuntimeException e) {
            log.error("The admin listener of {} could not answer", service, e);
            return text(500, "text/plain", "the sidecar's log says more\n");
        }
    }

    private Answer ready() {
        if (draining.getAsBoolean()) {
            return text(503, JSON, "{\"ready\":false,\"reason\":\"draining\"}");
        }
        if (config.get().revision() == 0) {
            return text(503, JSON, "{\"ready\":false,\"reason\":\"no configuration yet\"}");
        }
        InetSocketAddress address = application;
        if (address != null && !accepts(address)) {
            return text(
                    503,
                    JSON,
                    "{\"ready\":false,\"reason\":\"nothing accepts connections at the application's port "
                            + address.getPort() + "\"}");
        }
        return text(200, JSON, "{\"ready\":true}");
    }

    private Answer metrics(@Nullable String accept) throws IOException {
        ScrapeFormat format = ScrapeFormat.accepted(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.scrape(out, format);
        return new Answer(200, Map.of("Content-Type", format.contentType()), ByteBuffer.wrap(out.toByteArray()));
    }

    private static boolean accepts(InetSocketAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Answer text(int status, String type, String body) {
        return new Answer(status, Map.of("Content-Type", type), ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
