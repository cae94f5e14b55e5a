package io.signalbox.mesh.proxy.fuzz;

import com.google.errorprone.annotations.Immutable;
import io.signalbox.mesh.proxy.http1.Http1Properties;
import io.signalbox.mesh.proxy.http2.Http2Properties;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parser of the data path, with what must hold of it. {@code bench/fuzz} gives its name to the fuzzer. */
public enum FuzzTarget {
    REQUEST_HEAD("requestHead", Http1Properties::requestHead),
    ANSWER_HEAD("answerHead", Http1Properties::answerHead),
    CHUNKED_BODY("chunkedBody", Http1Properties::chunkedBody),
    AUTHORITY("authority", Http1Properties::authority),
    FRAMES("frames", Http2Properties::frames),
    HPACK_BLOCKS("hpackBlocks", Http2Properties::hpackBlocks),
    HTTP2_REQUEST("http2Request", Http2Properties::http2Request);

    private static @Nullable FuzzTarget chosen;

    private final String label;
    private final Property property;

    FuzzTarget(String label, Property property) {
        this.label = label;
        this.property = property;
    }

    /** Holds of any bytes, or throws. */
    @Immutable
    @FunctionalInterface
    interface Property {
        void check(byte[] bytes);
    }

    /** The folder of its committed inputs. */
    String label() {
        return label;
    }

    void check(byte[] bytes) {
        property.check(bytes);
    }

    /** Called by the fuzzer, once. */
    public static void fuzzerInitialize(String[] arguments) {
        chosen = Arrays.stream(values())
                .filter(target -> target.label.equals(arguments[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "target: " + arguments[0] + " (expected: one of " + labels() + ")"));
    }

    /** Called by the fuzzer, for each input. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        Objects.requireNonNull(chosen).check(bytes);
    }

    private static String labels() {
        return String.join(", ", Arrays.stream(values()).map(FuzzTarget::label).toList());
    }
}
