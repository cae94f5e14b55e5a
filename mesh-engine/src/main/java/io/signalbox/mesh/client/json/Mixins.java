package io.signalbox.mesh.client.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.signalbox.mesh.model.EdgeId;

/** Annotations that the model does without. */
final class Mixins {

    private Mixins() {}

    abstract static class WeightMixin {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        WeightMixin(int percent) {}

        @JsonValue
        abstract int percent();
    }

    abstract static class EdgeIdMixin {

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static EdgeId parse(String text) {
            return EdgeId.parse(text);
        }

        @Override
        @JsonValue
        public abstract String toString();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    interface MeshEventMixin {

        @JsonProperty(value = "subject", access = JsonProperty.Access.READ_ONLY)
        String subject();
    }

    /** A kind that only a newer program knows is read as none: the sentence beside it says it. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind", defaultImpl = Void.class)
    interface ReasonMixin {}

    abstract static class BreakerStatusMixin {

        @JsonProperty(value = "id", access = JsonProperty.Access.READ_ONLY)
        abstract String id();
    }
}
