package io.signalbox.shop.web;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.signalbox.mesh.model.Switch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port of one instance that speaks HTTP/1.1: bound at once, so that its number is known before it answers. */
public final class AppPort implements Port {

    private static final Logger log = LoggerFactory.getLogger(AppPort.class);

    private static final int MAX_BODY = 64 * 1024;

    private final String instance;
    private final ServerConnector connector;
    private final int number;
    private final Object lock = new Object();

    @GuardedBy("lock")
    private Switch position = Switch.OFF;

    private volatile Site site = Site.of(call -> Reply.problem(503, "starting"));

    AppPort(String instance, ServerConnector connector) {
        this.instance = instance;
        this.connector = connector;
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a port for " + instance + ": " + e.getMessage(), e);
        }
        number = connector.getLocalPort();
        connector.setPort(number);
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public Switch position() {
        synchronized (lock) {
            return position;
        }
    }

    /** Answers with that application from now on. */
    public void serve(Application application) {
        serve(Site.of(application));
    }

    /** Answers with that application, and takes WebSocket connections if the site does, from now on. */
    public void serve(Site newSite) {
        site = newSite;
        switchTo(Switch.ON);
    }

    @Override
    public void switchTo(Switch newPosition) {
        synchronized (lock) {
            if (position == newPosition) {
                return;
            }
            switch (newPosition) {
                case ON -> Lifecycle.start(instance, connector);
                case OFF -> Lifecycle.stop(instance, connector);
            }
            position = newPosition;
        }
    }

    @Override
    public void close() {
        switchTo(Switch.OFF);
        connector.close();
    }

    /** Where the request's path takes WebSocket connections; empty for all others. */
    Optional<WebSocketPath> live(Request request) {
        return site.live().filter(live -> live.path().equals(Request.getPathInContext(request)));
    }

    void answer(Request request, Response response, Callback callback) {
        Reply reply = reply(request);
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.getHeaders().put("x-served-by", instance);
        reply.headers().forEach(response.getHeaders()::put);
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private Reply reply(Request request) {
        try {
            return site.application().answer(call(request));
        } catch (Refusal refusal) {
            return Reply.problem(refusal.status(), String.valueOf(refusal.getMessage()));
        } catch (NeighbourFailure failure) {
            return Reply.problem(503, String.valueOf(failure.getMessage()));
        } catch (IOException e) {
            return Reply.problem(400, "The body could not be read");
        } catch (RuntimeException e) {
            log.error("{} failed on {} {}", instance, request.getMethod(), request.getHttpURI(), e);
            return Reply.problem(500, instance + " failed");
        }
    }

    private static Call call(Request request) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(
                    field.getName().toLowerCase(Locale.ROOT), field.getValue() == null ? "" : field.getValue());
        }
        Map<String, String> query = new HashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), field.getValue());
        }
        return new Call(request.getMethod(), Request.getPathInContext(request), query, headers, body(request));
    }

    private static String body(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] bytes = in.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw new Refusal(413, "body: more than " + MAX_BODY + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
