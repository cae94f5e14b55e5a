package io.signalbox.shop.live;

import io.signalbox.shop.web.Json;
import io.signalbox.shop.web.ShopperClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** One shopper's end of a live connection, subscribed to one category. Called on the client's threads. */
public final class LiveListener implements FrameHandler {

    /** Far longer than the shop is ever silent: a connection that is cut off without a word ends as well. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final String category;
    private final Runnable told;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable CoreSession session;

    /** @param told run for each message */
    public LiveListener(String category, Runnable told) {
        this.category = category;
        this.told = told;
    }

    /** Connects; completes once the connection stands, exceptionally if it cannot be had. */
    public CompletableFuture<CoreSession> connect(ShopperClient client, String shopper) {
        return client.connect(shopper, LiveRoom.PATH, this);
    }

    /** Completes once a connection that stood has ended, whoever ended it. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    public void hangUp() {
        CoreSession open = session;
        if (open != null) {
            open.close(CloseStatus.NORMAL, "", Callback.NOOP);
        }
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        opened.setIdleTimeout(SILENCE);
        session = opened;
        callback.succeeded();
        opened.sendFrame(new Frame(OpCode.TEXT, Json.write(Map.of("subscribe", category))), Callback.NOOP, false);
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
            case OpCode.TEXT -> told.run();
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
        ended.complete(null);
        callback.succeeded();
    }
}
