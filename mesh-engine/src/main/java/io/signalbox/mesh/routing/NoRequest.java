package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The head of what is no request: nothing to look at. */
enum NoRequest implements RequestHead, Headers {
    HEAD;

    @Override
    public String method() {
        return "";
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public Headers headers() {
        return this;
    }

    @Override
    public @Nullable String first(String name) {
        return null;
    }

    @Override
    public List<String> all(String name) {
        return List.of();
    }
}
