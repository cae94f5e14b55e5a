package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads Jetty's exceptions as what they mean to the proxy. */
final class UpstreamFailures {

    private static final String GONE_IN_HANDSHAKE = "the endpoint closed the connection during the TLS handshake";

    private static final Logger log = LoggerFactory.getLogger(UpstreamFailures.class);

    private UpstreamFailures() {}

    /**
     * Returns what went wrong.
     *
     * @param connected whether the request had a connection
     */
    static UpstreamFailure of(Throwable failure, boolean connected) {
        log.debug("An attempt failed", failure);
        SSLException refused = find(failure, SSLException.class);
        if (refused != null) {
            return tls(refused);
        }
        if (find(failure, RejectedExecutionException.class) != null) {
            return new UpstreamFailure.Overloaded("too many requests wait for a connection to the endpoint");
        }
        if (!connected) {
            return new UpstreamFailure.ConnectFailed(connectDetail(failure));
        }
        if (find(failure, TimeoutException.class) != null) {
            return new UpstreamFailure.Stalled("the connection to the endpoint fell silent");
        }
        HttpException unreadable = find(failure, HttpException.class);
        boolean cutShort = unreadable != null && "Early EOF".equals(unreadable.getReason());
        if (!cutShort && (unreadable != null || find(failure, IOException.class) == null)) {
            return new UpstreamFailure.ProtocolError(
                    "the endpoint's answer is not valid HTTP, or its head is too large");
        }
        return new UpstreamFailure.Reset("the connection to the endpoint ended before the answer was complete");
    }

    /** A peer that went away in the middle of the handshake has refused nothing: it is not there. */
    private static UpstreamFailure tls(SSLException failure) {
        if (find(failure.getCause(), ClosedChannelException.class) != null
                || find(failure.getCause(), EOFException.class) != null) {
            return new UpstreamFailure.ConnectFailed(GONE_IN_HANDSHAKE);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.equals(SecuredConnections.HANDSHAKE_OVERDUE)) {
            return new UpstreamFailure.ConnectFailed(message);
        }
        if (message.contains("Abruptly closed") || message.contains("Closed during handshake")) {
            return new UpstreamFailure.ConnectFailed(GONE_IN_HANDSHAKE);
        }
        return new UpstreamFailure.IdentityRefused("mutual TLS with the endpoint failed: " + message);
    }

    private static String connectDetail(Throwable failure) {
        if (find(failure, SocketTimeoutException.class) != null || find(failure, TimeoutException.class) != null) {
            return "no connection to the endpoint within the connect timeout";
        }
        return "the endpoint refused the connection or cannot be reached";
    }

    private static <T> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
