package io.signalbox.mesh.whatif;

import io.signalbox.mesh.explain.HeldHead;
import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head that notices when it is asked for what was not kept of it. For one thread. */
final class WatchedHead implements RequestHead, Headers {

    private final HeldHead held;
    private boolean missed;

    WatchedHead(HeldHead held) {
        this.held = held;
    }

    /** Whether somebody looked at a field of which it is not known whether there was one. */
    boolean missed() {
        return missed;
    }

    @Override
    public String method() {
        return held.method();
    }

    @Override
    public String path() {
        return held.path();
    }

    @Override
    public String query() {
        return held.query();
    }

    @Override
    public Headers headers() {
        return this;
    }

    /** What is kept is the beginning, so that the first one that is there is the first one that was. */
    @Override
    public @Nullable String first(String name) {
        String value = held.first(name);
        missed |= value == null && isCut();
        return value;
    }

    @Override
    public List<String> all(String name) {
        missed |= isCut();
        return held.all(name);
    }

    private boolean isCut() {
        return held.extent() == HeldHead.Extent.CUT;
    }
}
