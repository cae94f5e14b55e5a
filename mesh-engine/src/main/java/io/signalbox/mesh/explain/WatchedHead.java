package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A head that notices when it is asked for what was not kept of it, or not told. For one thread. */
public final class WatchedHead implements RequestHead, Headers {

    private final HeldHead held;
    private boolean missed;

    public WatchedHead(HeldHead held) {
        this.held = held;
    }

    /** Whether somebody looked at what is not known: whether there was a field, or what it said. */
    public boolean missed() {
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
        missed |= held.hidesQuery();
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
        missed |= value == null ? isCut() : held.hides(name);
        return value;
    }

    @Override
    public List<String> all(String name) {
        missed |= isCut() || held.hides(name);
        return held.all(name);
    }

    private boolean isCut() {
        return held.extent() == HeldHead.Extent.CUT;
    }
}
