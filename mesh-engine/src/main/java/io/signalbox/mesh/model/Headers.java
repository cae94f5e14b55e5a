package io.signalbox.mesh.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Header fields to read: names in any case, repeated names kept in order. */
public interface Headers {

    /** The first value of that name, or {@code null}. */
    @Nullable
    String first(String name);

    /** Every value of that name, in order; empty when there is none. */
    List<String> all(String name);

    /** Header fields that may also be changed. */
    interface Mutable extends Headers {

        /** Replaces every value of that name with this one. */
        void set(String name, String value);

        void remove(String name);
    }
}
