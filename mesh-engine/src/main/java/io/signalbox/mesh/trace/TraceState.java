package io.signalbox.mesh.trace;

import org.jspecify.annotations.Nullable;

/**
 * The list in {@code tracestate}: one member for each system that takes part in a trace (W3C Trace Context, 3.3).
 *
 * <p>Members of others are passed on as they came, but for the last ones when there would be more than {@value #MOST}.
 */
public final class TraceState {

    private static final int MOST = 32;

    private TraceState() {}

    /** The value of that member, or {@code null}. */
    public static @Nullable String member(@Nullable String list, String key) {
        if (list == null) {
            return null;
        }
        for (String member : list.split(",", -1)) {
            String plain = member.strip();
            if (isOf(plain, key)) {
                return plain.substring(key.length() + 1);
            }
        }
        return null;
    }

    /** The list with that member in front, in place of an older one. */
    public static String with(@Nullable String list, String key, String value) {
        StringBuilder after = new StringBuilder(key).append('=').append(value);
        int count = 1;
        if (list != null) {
            for (String member : list.split(",", -1)) {
                String plain = member.strip();
                if (!plain.isEmpty() && !isOf(plain, key) && count++ < MOST) {
                    after.append(',').append(plain);
                }
            }
        }
        return after.toString();
    }

    private static boolean isOf(String member, String key) {
        return member.startsWith(key) && member.length() > key.length() && member.charAt(key.length()) == '=';
    }
}
