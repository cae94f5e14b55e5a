package io.signalbox.mesh.proxy.message;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in two arrays, in the order in which they came. Names are compared without regard to case.
 *
 * <p>Most questions are for fields that are not there. Which lengths the names have answers most of those.
 */
public final class Fields implements MessageHeaders {

    private static final int USUAL = 16;

    private String[] names;
    private String[] values;
    private int count;

    /** A bit for each length of a name, modulo 64, that was ever added. */
    private long lengths;

    public Fields() {
        names = new String[USUAL];
        values = new String[USUAL];
    }

    private Fields(Fields other) {
        names = other.names.clone();
        values = other.values.clone();
        count = other.count;
        lengths = other.lengths;
    }

    public static Fields of(MessageHeaders headers) {
        if (headers instanceof Fields own) {
            return own;
        }
        Fields fields = new Fields();
        headers.forEach(fields::add);
        return fields;
    }

    public int count() {
        return count;
    }

    public String name(int index) {
        return names[index];
    }

    public String value(int index) {
        return values[index];
    }

    public int indexOf(String name, int from) {
        if ((lengths & bit(name)) == 0) {
            return -1;
        }
        for (int i = from; i < count; i++) {
            if (same(names[i], name)) {
                return i;
            }
        }
        return -1;
    }

    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    @Override
    public @Nullable String first(String name) {
        int index = indexOf(name, 0);
        return index < 0 ? null : values[index];
    }

    @Override
    public List<String> all(String name) {
        int index = indexOf(name, 0);
        if (index < 0) {
            return List.of();
        }
        List<String> all = new ArrayList<>(2);
        for (; index >= 0; index = indexOf(name, index + 1)) {
            all.add(values[index]);
        }
        return all;
    }

    @Override
    public void set(String name, String value) {
        int index = indexOf(name, 0);
        if (index < 0) {
            add(name, value);
            return;
        }
        values[index] = value;
        removeFrom(name, index + 1);
    }

    @Override
    public void add(String name, String value) {
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        names[count] = name;
        values[count++] = value;
        lengths |= bit(name);
    }

    @Override
    public void remove(String name) {
        removeFrom(name, 0);
    }

    private void removeFrom(String name, int from) {
        int kept = indexOf(name, from);
        if (kept < 0) {
            return;
        }
        for (int i = kept + 1; i < count; i++) {
            if (!same(names[i], name)) {
                names[kept] = names[i];
                values[kept++] = values[i];
            }
        }
        count = kept;
    }

    @Override
    public void removeIf(Predicate<String> name) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!name.test(names[i])) {
                names[kept] = names[i];
                values[kept++] = values[i];
            }
        }
        count = kept;
    }

    @Override
    public void forEach(BiConsumer<String, String> field) {
        for (int i = 0; i < count; i++) {
            field.accept(names[i], values[i]);
        }
    }

    @Override
    public Fields copy() {
        return new Fields(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    private static long bit(String name) {
        return 1L << name.length();
    }

    @SuppressWarnings("ReferenceEquality") // the usual names are the same object, and that is the quickest answer
    private static boolean same(String one, String other) {
        return one == other || (one.length() == other.length() && one.equalsIgnoreCase(other));
    }
}
