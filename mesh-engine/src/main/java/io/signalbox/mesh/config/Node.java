package io.signalbox.mesh.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of a document that knows where it stands. */
sealed interface Node {

    Mark at();

    /** How a person would name it in a message. */
    String shown();

    /** A value as it was written. */
    record Scalar(String text, Kind kind, Mark at) implements Node {

        @Override
        public String shown() {
            return kind == Kind.NULL ? "nothing" : text;
        }
    }

    /** Fields by name, in the written order. */
    record Mapping(Map<String, Field> fields, Mark at) implements Node {

        public Mapping {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String shown() {
            return "a mapping";
        }
    }

    record Sequence(List<Node> items, Mark at) implements Node {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return "a list";
        }
    }

    record Field(Mark nameAt, Node value) {}

    /** What a scalar is by the rules of its format. */
    enum Kind {
        STRING,
        NUMBER,
        BOOLEAN,
        NULL
    }
}
