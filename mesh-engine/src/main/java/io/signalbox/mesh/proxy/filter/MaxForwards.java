package io.signalbox.mesh.proxy.filter;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import java.nio.ByteBuffer;
import java.util.Map;

/** OPTIONS and TRACE may say how many more proxies they are to pass (RFC 9110, 7.6.2). */
public final class MaxForwards {

    private static final String NAME = "Max-Forwards";
    private static final int MOST_DIGITS = 9;

    private MaxForwards() {}

    /** Whether the request ended here: it was to go no further, and has been answered. */
    public static boolean endsHere(ServerExchange exchange) {
        String method = exchange.head().method();
        boolean options = method.equals("OPTIONS");
        if ((!options && !method.equals("TRACE"))
                || !"0".equals(exchange.head().headers().first(NAME))) {
            return false;
        }
        exchange.answer(
                new Answer(
                        options ? 204 : 501,
                        Map.of(MeshFields.CAUSE, Cause.MAX_FORWARDS.wireName()),
                        ByteBuffer.allocate(0)),
                AnswerListener.NOBODY);
        return true;
    }

    /** Counts this proxy. */
    public static void count(String method, MessageHeaders headers) {
        if (!method.equals("OPTIONS") && !method.equals("TRACE")) {
            return;
        }
        String left = headers.first(NAME);
        if (left != null && left.matches("[0-9]{1," + MOST_DIGITS + "}")) {
            headers.set(NAME, Integer.toString(Math.max(0, Integer.parseInt(left) - 1)));
        }
    }
}
