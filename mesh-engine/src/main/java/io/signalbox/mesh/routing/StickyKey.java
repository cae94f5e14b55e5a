package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.RequestHead;
import io.signalbox.mesh.model.Stickiness;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The stable key that speaks for a request's caller in the draws of one service.
 *
 * @param subject where it is read, such as {@code header x-user-id}
 * @param value as the request has it; {@code null} when only its hash is known, or nothing
 * @param hash of the value, 16 hexadecimal digits; {@code null} when there is no key
 */
public record StickyKey(
        String subject,
        Origin origin,
        @Nullable String value,
        @Nullable String hash) {

    /** How the sidecar came to the key. */
    public enum Origin {
        /** The request carries it. */
        REQUEST,
        /** It travelled, hashed, with the trace. */
        TRAVELLED,
        /** The caller had none and was given this one. */
        NEW,
        /** There is none, so that every draw is by chance. */
        NONE
    }

    /** The key by which that stickiness speaks for a request's caller, from what travelled or was drawn for it. */
    public static StickyKey of(Stickiness stickiness, RequestHead head, StableKeys keys, @Nullable NewKey drawn) {
        return of(KeySource.of(stickiness), head, keys, drawn);
    }

    static StickyKey of(KeySource source, RequestHead head, StableKeys keys, @Nullable NewKey drawn) {
        if (keys.has(source.id())) {
            String value = source.value(head);
            return new StickyKey(
                    source.subject(),
                    value == null ? Origin.TRAVELLED : Origin.REQUEST,
                    value,
                    text(keys.hash(source.id())));
        }
        return drawn == null
                ? new StickyKey(source.subject(), Origin.NONE, null, null)
                : new StickyKey(source.subject(), Origin.NEW, null, text(drawn.hash()));
    }

    private static String text(long hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}
