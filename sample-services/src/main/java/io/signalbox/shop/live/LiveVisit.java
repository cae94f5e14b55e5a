package io.signalbox.shop.live;

import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.shop.web.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/**
 * One shopper's connection to a room.
 *
 * <p>A text {@code {"subscribe":"CATEGORY"}} is echoed as {@code {"type":"subscribed","category":"CATEGORY"}}, and from
 * then on only prices and stock of that category are told, and every order. Whoever lets {@value #MOST_WAITING} messages
 * wait is sent away: nothing is kept for those who do not read. Called on the server's threads; sending is safe from any.
 */
final class LiveVisit implements FrameHandler {

    static final int MOST_WAITING = 64;

    private static final int LONGEST_TEXT = 1_024;
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final LiveRoom room;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable CoreSession session;
    private volatile Optional<String> category = Optional.empty();

    LiveVisit(LiveRoom room) {
        this.room = room;
    }

    boolean wants(LiveMessage message) {
        return category.map(message::concerns).orElse(true);
    }

    void send(String json) {
        CoreSession open = session;
        if (open == null) {
            return;
        }
        if (waiting.incrementAndGet() > MOST_WAITING) {
            open.abort();
            return;
        }
        open.sendFrame(new Frame(OpCode.TEXT, json), Callback.from(waiting::decrementAndGet), false);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        opened.setIdleTimeout(IDLE);
        opened.setAutoFragment(false);
        opened.setMaxFrameSize(LONGEST_TEXT);
        session = opened;
        callback.succeeded();
        room.enter(this);
        opened.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        CoreSession open = session;
        if (open == null || frame.getOpCode() == OpCode.CLOSE) {
            callback.succeeded();
            return;
        }
        switch (frame.getOpCode()) {
            case OpCode.TEXT -> subscribe(frame.isFin() ? frame.getPayloadAsUTF8() : "");
            case OpCode.PING ->
                open.sendFrame(new Frame(OpCode.PONG, BufferUtil.copy(frame.getPayload())), Callback.NOOP, false);
            default -> {}
        }
        callback.succeeded();
        open.demand();
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        room.leave(this);
        callback.succeeded();
    }

    private void subscribe(String text) {
        try {
            String wanted = Json.read(text, Subscription.class).subscribe;
            if (wanted != null) {
                category = Optional.of(wanted);
                send(Json.write(Map.of("type", "subscribed", "category", wanted)));
                return;
            }
        } catch (InvalidValueException notJson) {
            // told below
        }
        send(Json.write(Map.of("type", "error", "detail", "expected {\"subscribe\":\"CATEGORY\"}")));
    }

    private record Subscription(@Nullable String subscribe) {}
}
