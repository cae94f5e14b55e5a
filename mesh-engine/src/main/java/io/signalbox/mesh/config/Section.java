package io.signalbox.mesh.config;

import io.signalbox.mesh.model.DurationText;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.Weight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A mapping of a document, read field by field; every refusal names place, path, value and expectation. */
final class Section {

    static final String ROOT = "document";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,20})?([eE]-?\\d{1,2})?");

    private final String path;
    private final Node.Mapping node;

    private Section(String path, Node.Mapping node) {
        this.path = path;
        this.node = node;
    }

    static Section of(String path, Node node) {
        if (node instanceof Node.Mapping mapping) {
            return new Section(path, mapping);
        }
        throw refusal(node.at(), path, node.shown(), "a mapping of fields");
    }

    static String join(String path, String name) {
        return path.equals(ROOT) ? name : path + "." + name;
    }

    /** Refuses fields of any other name, hinting at the nearest one that is known. */
    Section allowing(Set<String> known) {
        node.fields().forEach((name, field) -> {
            if (!known.contains(name)) {
                String hint = NearestName.of(name, known)
                        .map(nearest -> "did you mean " + nearest + "?")
                        .orElseGet(() -> "one of "
                                + String.join(", ", known.stream().sorted().toList()));
                throw refusal(field.nameAt(), join(path, name), "unknown field", hint);
            }
        });
        return this;
    }

    /** Refuses any other word in that field, and its absence. */
    Section requiring(String name, String word) {
        String given = requiredText(name);
        if (!given.equals(word)) {
            throw refused(name, given, word);
        }
        return this;
    }

    boolean has(String name) {
        return node.fields().containsKey(name);
    }

    /** Whether the field is given and has fields of its own. */
    boolean isSection(String name) {
        return value(name).filter(Node.Mapping.class::isInstance).isPresent();
    }

    /** Whether the field is given as one word or number, not as a mapping or list. */
    boolean isScalar(String name) {
        return value(name).filter(Node.Scalar.class::isInstance).isPresent();
    }

    /** The fields that are given, in the written order. */
    List<String> names() {
        return List.copyOf(node.fields().keySet());
    }

    /** The value beside where it stands: its field's place, or that of this mapping when the field is left out. */
    <T> Placed<T> placed(Path file, String name, T value) {
        return new Placed<>(value, file + ": " + fieldAt(name) + ": " + join(path, name));
    }

    Optional<Section> section(String name) {
        return value(name).map(value -> of(join(path, name), value));
    }

    List<Section> sections(String name) {
        List<Section> sections = new ArrayList<>();
        List<Node> items = items(name, "a list of mappings");
        for (int i = 0; i < items.size(); i++) {
            sections.add(of(join(path, name) + "[" + i + "]", items.get(i)));
        }
        return sections;
    }

    /** A list of words, or one word alone. */
    List<String> words(String name) {
        boolean alone = isScalar(name);
        return alone
                ? text(name).stream().toList()
                : items(name, "a list of words").stream()
                        .map(item -> scalar(join(path, name), item, "a word").text())
                        .toList();
    }

    /** Hands over each of a list of words, or the one word alone; what is refused is refused in its place. */
    void eachWord(String name, Consumer<String> action) {
        boolean alone = isScalar(name);
        if (alone) {
            Optional<String> _ = parsed(name, word -> accepted(word, action));
            return;
        }
        List<Node> items = items(name, "a list of words");
        for (int i = 0; i < items.size(); i++) {
            Node item = items.get(i);
            String itemPath = join(path, name) + "[" + i + "]";
            String word = scalar(itemPath, item, "a word").text();
            String _ = checked(itemPath, item.at(), () -> accepted(word, action));
        }
    }

    /** Hands over the name of each field of this mapping; one that is refused is refused in its place. */
    void eachName(Consumer<String> action) {
        node.fields().forEach((name, field) -> {
            String _ = checked(path, field.nameAt(), () -> accepted(name, action));
        });
    }

    Optional<String> text(String name) {
        return value(name)
                .map(value -> scalar(join(path, name), value, "a text").text());
    }

    String requiredText(String name) {
        return text(name).orElseThrow(() -> missing(name));
    }

    int requiredNumber(String name) {
        return value(name).map(value -> wholeNumber(join(path, name), value)).orElseThrow(() -> missing(name));
    }

    int number(String name, int otherwise) {
        return value(name).map(value -> wholeNumber(join(path, name), value)).orElse(otherwise);
    }

    Optional<Boolean> truth(String name) {
        return value(name).map(value -> switch (scalar(join(path, name), value, "true | false")) {
            case Node.Scalar(String text, Node.Kind kind, Mark _)
            when kind == Node.Kind.BOOLEAN -> text.equalsIgnoreCase("true");
            case Node.Scalar other -> throw refusal(other.at(), join(path, name), other.shown(), "true | false");
        });
    }

    double decimal(String name, double otherwise) {
        return value(name)
                .map(value -> Double.parseDouble(numeric(join(path, name), value, DECIMAL, "a number")))
                .orElse(otherwise);
    }

    Optional<Duration> duration(String name) {
        return parsed(name, text -> DurationText.parse(name, text));
    }

    Optional<Weight> weight(String name) {
        return value(name).map(value -> weight(join(path, name), value));
    }

    /** Every field of this mapping as a version's weight. */
    Map<String, Weight> weights() {
        Map<String, Weight> weights = new LinkedHashMap<>();
        node.fields().forEach((name, field) -> weights.put(name, weight(join(path, name), field.value())));
        return weights;
    }

    /** Every field of this mapping as a text. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        node.fields().keySet().forEach(name -> texts.put(name, requiredText(name)));
        return texts;
    }

    <T> Optional<T> parsed(String name, Function<String, T> parse) {
        return text(name).map(text -> checked(join(path, name), fieldAt(name), () -> parse.apply(text)));
    }

    /** Builds a record whose own checks may refuse a field of this mapping. */
    <T> T build(Supplier<T> record) {
        try {
            return record.get();
        } catch (InvalidValueException e) {
            String name = e.field().substring(e.field().lastIndexOf('.') + 1);
            boolean mine = has(name);
            throw refusal(
                    mine ? fieldAt(name) : node.at(),
                    mine || !path.endsWith(name) ? join(path, name) : path,
                    e.value(),
                    e.expected());
        }
    }

    InvalidDocumentException missing(String name) {
        return refusal(node.at(), join(path, name), "missing", "required");
    }

    InvalidDocumentException refused(String name, String value, String expected) {
        return refusal(fieldAt(name), join(path, name), value, expected);
    }

    private Optional<Node> value(String name) {
        return Optional.ofNullable(node.fields().get(name)).map(Node.Field::value);
    }

    private Mark fieldAt(String name) {
        return value(name).map(Node::at).orElse(node.at());
    }

    private List<Node> items(String name, String expected) {
        return value(name)
                .map(value -> switch (value) {
                    case Node.Sequence sequence -> sequence.items();
                    case Node.Scalar s -> throw refusal(s.at(), join(path, name), s.shown(), expected);
                    case Node.Mapping m -> throw refusal(m.at(), join(path, name), m.shown(), expected);
                })
                .orElse(List.of());
    }

    private static String accepted(String word, Consumer<String> action) {
        action.accept(word);
        return word;
    }

    private static Weight weight(String path, Node value) {
        int percent = wholeNumber(path, value);
        return checked(path, value.at(), () -> new Weight(percent));
    }

    private static int wholeNumber(String path, Node value) {
        return Integer.parseInt(numeric(path, value, WHOLE_NUMBER, "a whole number"));
    }

    private static String numeric(String path, Node value, Pattern form, String expected) {
        Node.Scalar scalar = scalar(path, value, expected);
        if (scalar.kind() != Node.Kind.NUMBER || !form.matcher(scalar.text()).matches()) {
            throw refusal(scalar.at(), path, scalar.shown(), expected);
        }
        return scalar.text();
    }

    private static Node.Scalar scalar(String path, Node value, String expected) {
        if (value instanceof Node.Scalar scalar && scalar.kind() != Node.Kind.NULL) {
            return scalar;
        }
        throw refusal(value.at(), path, value.shown(), expected);
    }

    private static <T> T checked(String path, Mark at, Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            throw refusal(at, path, e.value(), e.expected());
        }
    }

    private static InvalidDocumentException refusal(Mark at, String path, String value, String expected) {
        return new InvalidDocumentException(at, path, value, expected);
    }
}
