package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One attempt through Jetty's client.
 *
 * <p>Its state moves by compare-and-set, so that of a head, a failure and a change of mind that come at the same time one
 * wins and the others are dropped.
 */
final class JettyAttempt implements UpstreamAttempt {

    private enum State {
        WAITING,
        HEAD,
        DELIVERING,
        OVER
    }

    private final JettyExchange exchange;
    private final AttemptListener listener;
    private final ProxyRequest upstreamRequest;
    private final TransportLimits limits;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Progress progress = new Progress();
    private volatile @Nullable Response upstreamResponse;
    private volatile Content.@Nullable Source upstreamBody;
    private volatile @Nullable ResponsePipe pipe;

    JettyAttempt(
            JettyExchange exchange,
            HttpClient client,
            TransportLimits limits,
            Target target,
            OutgoingHead head,
            AttemptListener listener) {
        this.exchange = exchange;
        this.listener = listener;
        this.limits = limits;
        this.upstreamRequest = new ProxyRequest(client, originOf(target), head.target());
        upstreamRequest
                .method(head.method())
                .tag(new UpstreamOrigin(target.owner(), target.security(), limits.handshake()))
                .idleTimeout(limits.stall().toMillis(), TimeUnit.MILLISECONDS)
                .headers(fields -> fields.clear().add(JettyHeaders.fieldsOf(head.headers())))
                .onRequestListener(progress)
                .onResponseContentSource(progress);
    }

    @Override
    public void start() {
        if (state.get() != State.WAITING) {
            return;
        }
        ReplayBody body = exchange.body();
        if (body != null) {
            upstreamRequest.body(body.newReader());
            if (exchange.request().getLength() < 0) {
                upstreamRequest.trailersSupplier(() -> exchange.request().getTrailers());
            }
        }
        upstreamRequest.send(progress::onComplete);
    }

    @Override
    public void deliver(ResponseHead head) {
        Response response = upstreamResponse;
        Content.Source source = upstreamBody;
        if (response == null || source == null || !state.compareAndSet(State.HEAD, State.DELIVERING)) {
            return;
        }
        var downstreamResponse = exchange.response();
        downstreamResponse.setStatus(head.status());
        downstreamResponse.getHeaders().add(JettyHeaders.fieldsOf(head.headers()));
        exchange.announceClosing();
        exchange.forgetBody();
        boolean bodiless = isBodiless(head.status());
        if (!bodiless && mayHaveTrailers(response)) {
            downstreamResponse.setTrailersSupplier(response::getTrailers);
        }
        if (head.status() == HttpStatus.NOT_MODIFIED_304) {
            // The length of what is not sent may be left out, and Jetty takes it for the length of what is.
            downstreamResponse.getHeaders().remove(HttpHeader.CONTENT_LENGTH);
        }
        ResponsePipe carrying = new ResponsePipe(
                source,
                downstreamResponse,
                bodiless ? ResponsePipe.Opening.HEAD_ALONE : ResponsePipe.Opening.HEAD_WITH_BODY,
                new Delivery());
        pipe = carrying;
        carrying.run();
        Throwable failure = progress.failure;
        if (failure != null) {
            carrying.breakOff(failure);
        }
    }

    @Override
    public void abandon() {
        State before = state.getAndSet(State.OVER);
        if (before == State.HEAD && progress.requestSent && isSmall()) {
            drain();
        } else if (before != State.OVER) {
            cut(new IOException("the attempt was given up"));
        }
    }

    private void cut(Throwable reason) {
        var _ = upstreamRequest.abort(reason);
    }

    private static URI originOf(Target target) {
        String host = target.host().indexOf(':') >= 0 ? '[' + target.host() + ']' : target.host();
        return URI.create("http://" + host + ':' + target.port());
    }

    private boolean isBodiless(int status) {
        return status == HttpStatus.NO_CONTENT_204
                || status == HttpStatus.NOT_MODIFIED_304
                || HttpMethod.HEAD.is(upstreamRequest.getMethod());
    }

    /** Without a length the body is chunked, and a chunked body may end in trailers. */
    private boolean mayHaveTrailers(Response response) {
        return !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                && exchange.request().getConnectionMetaData().getHttpVersion().getVersion() >= 11;
    }

    /** Whether reading the rest costs less than a new connection. */
    private boolean isSmall() {
        Response response = upstreamResponse;
        long length = response == null ? -1 : response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        return length >= 0 && length <= limits.headerBytes();
    }

    private void drain() {
        Content.Source source = upstreamBody;
        if (source != null) {
            Content.Source.consumeAll(source, Callback.NOOP);
        }
    }

    /** What Jetty tells about the attempt. */
    private final class Progress implements Request.Listener, Response.ContentSourceListener {

        private volatile boolean connected;
        private volatile boolean requestSent;
        private volatile @Nullable Throwable failure;

        @Override
        public void onBegin(Request request) {
            connected = true;
        }

        @Override
        public void onSuccess(Request request) {
            requestSent = true;
        }

        @Override
        public void onContentSource(Response response, Content.Source source) {
            upstreamResponse = response;
            upstreamBody = source;
            if (state.compareAndSet(State.WAITING, State.HEAD)) {
                HttpFields fields = response.getHeaders();
                listener.onHead(new ResponseHead(response.getStatus(), JettyHeaders.copyOf(fields)));
            }
        }

        void onComplete(Result result) {
            Throwable cause = result.getResponseFailure() != null ? result.getResponseFailure() : result.getFailure();
            if (cause == null) {
                return;
            }
            failure = cause;
            if (state.compareAndSet(State.WAITING, State.OVER)) {
                listener.onFailed(UpstreamFailures.of(cause, connected));
                return;
            }
            ResponsePipe carrying = pipe;
            if (carrying != null) {
                carrying.breakOff(cause);
            }
        }
    }

    /** What the pipe tells about the delivery. */
    private final class Delivery implements ResponsePipe.Outcome {

        @Override
        public void delivered() {
            if (state.getAndSet(State.OVER) != State.DELIVERING) {
                return;
            }
            if (!progress.requestSent) {
                cut(new IOException("the answer came before the whole request was sent"));
            }
            listener.onDelivered();
            exchange.finished();
        }

        @Override
        public void upstreamBroke(Throwable failure) {
            if (state.getAndSet(State.OVER) == State.DELIVERING) {
                cut(failure);
                exchange.abort();
                listener.onFailed(UpstreamFailures.of(failure, true));
            }
        }

        @Override
        public void callerGone(Throwable failure) {
            if (state.getAndSet(State.OVER) == State.DELIVERING) {
                cut(failure);
                exchange.finished(failure);
                listener.onCallerGone();
            }
        }
    }
}
