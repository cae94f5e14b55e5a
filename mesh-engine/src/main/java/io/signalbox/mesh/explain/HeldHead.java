package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.Headers;
import io.signalbox.mesh.model.RequestHead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What routing may look at of a request that is over. Immutable.
 *
 * @param target path and query as sent
 * @param authority the host that was asked for; empty when none was named
 * @param extent whether all fields are here
 */
public record HeldHead(
        String method, String target, String authority, List<Map.Entry<String, String>> fields, Extent extent)
        implements RequestHead, Headers {

    /** Names and values that are kept of one request at most, in characters. */
    public static final int MOST_CHARACTERS = 4_096;

    public HeldHead {
        fields = List.copyOf(fields);
    }

    /** How much of a head is held. */
    public enum Extent {
        WHOLE,
        /** Fields beyond {@link #MOST_CHARACTERS} are missing. */
        CUT
    }

    @Override
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    @Override
    public Headers headers() {
        return this;
    }

    @Override
    public @Nullable String first(String name) {
        for (Map.Entry<String, String> field : fields) {
            if (field.getKey().equalsIgnoreCase(name)) {
                return field.getValue();
            }
        }
        return null;
    }

    @Override
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The same with values that nobody is shown taken out, so that it may leave the process. */
    public HeldHead withoutSecrets() {
        return new HeldHead(
                method,
                query().isEmpty() ? target : path() + '?' + Secrets.masked(query()),
                authority,
                fields.stream()
                        .map(field ->
                                Secrets.isSecret(field.getKey()) ? Map.entry(field.getKey(), Secrets.MASK) : field)
                        .toList(),
                extent);
    }

    /** Whether the value of such a field was taken out. */
    boolean hides(String name) {
        return Secrets.isSecret(name) && all(name).contains(Secrets.MASK);
    }

    /** Whether the value of a parameter was taken out. */
    boolean hidesQuery() {
        return Secrets.isMasked(query());
    }

    /** Takes fields one by one until there are too many. For one thread. */
    public static final class Collector {

        private final List<Map.Entry<String, String>> fields = new ArrayList<>();
        private int left = MOST_CHARACTERS;

        public void field(String name, String value) {
            left -= name.length() + value.length();
            if (left >= 0) {
                fields.add(Map.entry(name, value));
            }
        }

        public HeldHead head(String method, String target, String authority) {
            return new HeldHead(method, target, authority, fields, left < 0 ? Extent.CUT : Extent.WHOLE);
        }
    }
}
