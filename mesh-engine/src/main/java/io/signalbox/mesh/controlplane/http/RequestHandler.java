package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.controlplane.Caller;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Takes a request past the guards to its route and its answer back. Called by many threads. */
final class RequestHandler extends Handler.Abstract {

    private static final int REFUSED = 400;

    private final Routes routes;
    private final Guard guard;

    RequestHandler(Routes routes, Guard guard) {
        this.routes = routes;
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        answer(reply(request), request, response, callback);
        return true;
    }

    static void answer(Reply reply, Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        switch (reply) {
            case Reply.Whole whole
            when whole.status() >= REFUSED -> LeftBody.takeIn(request, () -> send(whole, request, response, callback));
            case Reply.Whole whole -> send(whole, request, response, callback);
            case Reply.Streamed streamed -> stream(streamed, response, callback);
        }
    }

    private Reply reply(Request request) {
        try {
            Optional<Problem> foreign = guard.foreign(request);
            return foreign.isPresent() ? foreign.get().reply() : routed(request);
        } catch (RuntimeException e) {
            return Problem.answer(e);
        }
    }

    private Reply routed(Request request) {
        String path = request.getHttpURI().getPath();
        List<Routes.Match> matches = routes.matching(segments(path == null ? "/" : path));
        boolean open = matches.stream().anyMatch(match -> match.route().access() == Access.ANYONE);
        return switch (open ? Guard.ANYONE : guard.admit(request)) {
            case Guard.Admission.Refused(Reply.Whole why) -> why;
            case Guard.Admission.Admitted(Caller caller) -> admitted(request, path, matches, caller);
        };
    }

    private static Reply admitted(Request request, @Nullable String path, List<Routes.Match> matches, Caller caller) {
        if (matches.isEmpty()) {
            return Problem.of(404, "path", String.valueOf(path), "a path that GET /openapi.yaml lists")
                    .reply();
        }
        String method = HttpMethod.HEAD.is(request.getMethod()) ? HttpMethod.GET.asString() : request.getMethod();
        Optional<Routes.Match> match = matches.stream()
                .filter(candidate -> candidate.route().method().equals(method))
                .findFirst();
        if (match.isEmpty()) {
            String allowed = String.join(
                    ", ",
                    matches.stream()
                            .map(candidate -> candidate.route().method())
                            .sorted()
                            .toList());
            return Problem.of(405, "method", request.getMethod(), allowed)
                    .reply()
                    .with("Allow", allowed);
        }
        Route route = match.get().route();
        return Guard.outOfScope(caller, route)
                .map(Problem::reply)
                .<Reply>map(reply -> reply)
                .orElseGet(() ->
                        route.endpoint().answer(new Call(request, match.get().named(), caller)));
    }

    private static List<String> segments(String path) {
        return Route.segments(path).stream().map(URIUtil::decodePath).toList();
    }

    private static void send(Reply.Whole reply, Request request, Response response, Callback callback) {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(reply.status());
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        if (!reply.contentType().isEmpty()) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        }
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        response.write(true, head ? ByteBuffer.allocate(0) : ByteBuffer.wrap(body), callback);
    }

    private static void stream(Reply.Streamed reply, Response response, Callback callback) {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.flush();
            reply.writer().write(out);
            callback.succeeded();
        } catch (IOException e) {
            callback.failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
        }
    }
}
