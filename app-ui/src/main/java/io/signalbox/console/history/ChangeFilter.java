package io.signalbox.console.history;

import io.signalbox.mesh.client.AuditEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which changes somebody wants to see: words that all must occur in one, or, after {@code service:}, in what it changed,
 * after {@code by:} in who made it, after {@code why:} in the reason.
 */
record ChangeFilter(List<String> words) {

    private static final Map<String, Function<AuditEntry, String>> FIELDS =
            Map.of("service", AuditEntry::subject, "by", AuditEntry::by, "why", AuditEntry::reason);

    static ChangeFilter of(String typed) {
        String text = typed.strip().toLowerCase(Locale.ROOT);
        return new ChangeFilter(text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+")));
    }

    boolean takes(AuditEntry entry) {
        return words.stream().allMatch(word -> has(entry, word));
    }

    private static boolean has(AuditEntry entry, String word) {
        int colon = word.indexOf(':');
        @Nullable Function<AuditEntry, String> field = colon < 0 ? null : FIELDS.get(word.substring(0, colon));
        String searched = field == null
                ? String.join(
                        " ",
                        entry.subject(),
                        entry.by(),
                        entry.reason(),
                        entry.kind().name(),
                        entry.change())
                : field.apply(entry);
        String wanted = field == null ? word : word.substring(colon + 1);
        return searched.toLowerCase(Locale.ROOT).contains(wanted);
    }
}
