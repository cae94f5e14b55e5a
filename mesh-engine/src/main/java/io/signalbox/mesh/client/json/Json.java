package io.signalbox.mesh.client.json;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.status.BreakerStatus;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.VerdictReason;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.MutableConfigOverride;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/**
 * Snapshots, events and requests as JSON: camelCase fields, lower-case words with hyphens for enums, weights as whole
 * percent, edges as {@code checkout->payment}, durations as {@code 60s}, events told apart by {@code type}.
 *
 * <p>Reading is limited in size and depth and refuses repeated fields, but for what is only shown, of which the last
 * holds. {@link #read} leaves out fields it does not know; {@link #readStrict} refuses them. {@link #readWhole} refuses what
 * misses a part. Refusals are {@link MalformedJsonException}.
 */
public final class Json {

    private static final int MAX_DEPTH = 64;
    private static final long MAX_BYTES = 64L << 20;

    private static final ObjectMapper MAPPER = mapper();
    private static final ObjectReader STRICT = MAPPER.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final ObjectReader FOREIGN = reading(new ForeignText());
    private static final ObjectReader SHOWN =
            reading(new ForeignLines()).without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static String pretty(Object value) {
        return PRETTY.writeValueAsString(value);
    }

    /** Maps, lists, numbers, texts and truth values that say the same: for writers of other formats. */
    public static Object plain(Object value) {
        return MAPPER.convertValue(value, Object.class);
    }

    public static <T> T read(String json, Class<T> type) {
        return guarded(() -> MAPPER.readValue(json, type));
    }

    public static <T> T read(String json, TypeReference<T> type) {
        return guarded(() -> MAPPER.readValue(json, type));
    }

    /** The same of what another process told: what misses a part is refused, with the part's path. */
    public static <T> T readWhole(String json, Class<T> type) {
        return whole(read(json, type));
    }

    /** The same. */
    public static <T> T readWhole(String json, TypeReference<T> type) {
        return whole(read(json, type));
    }

    /** Whether nothing is missing in a record, and in what it holds, but what may be. */
    public static boolean isWhole(Object value) {
        return Whole.missing(value).isEmpty();
    }

    /** What somebody else wrote for people to read: no text in it is long, or holds control characters. */
    public static <T> T readForeign(String json, Class<T> type) {
        return guarded(() -> FOREIGN.forType(type).readValue(json));
    }

    /**
     * What a control plane told for people to read: what misses a part is refused; no text in it is long or holds control
     * characters but the ends of lines, whoever answers there.
     */
    public static <T> T readShown(String json, Class<T> type) {
        return whole(guarded(() -> SHOWN.forType(type).readValue(json)));
    }

    /** The same. */
    public static <T> T readShown(String json, TypeReference<T> type) {
        return whole(guarded(() -> SHOWN.forType(type).readValue(json)));
    }

    /**
     * The same as it comes.
     *
     * @throws IOException when no more comes, though more was to come
     */
    public static <T> T readShown(Reader json, Class<T> type) throws IOException {
        try {
            T value = SHOWN.forType(type).readValue(json);
            if (value == null) {
                throw MalformedJsonException.nothing();
            }
            return whole(value);
        } catch (JacksonException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof IOException broken) {
                    throw broken;
                }
            }
            throw MalformedJsonException.of(e);
        }
    }

    /** The same of a list of which no more than the first so many are wanted: what follows those is not looked at. */
    public static <T> List<T> readShown(String json, Class<T> each, int limit) {
        return whole(guarded(() -> {
            try (JsonParser parser = SHOWN.createParser(json)) {
                if (parser.nextToken() != JsonToken.START_ARRAY) {
                    return SHOWN.forType(MAPPER.getTypeFactory().constructCollectionType(List.class, each))
                            .readValue(json);
                }
                parser.clearCurrentToken();
                List<T> first = new ArrayList<>();
                MappingIterator<T> values = SHOWN.forType(each).readValues(parser);
                while (first.size() < limit && values.hasNextValue()) {
                    first.add(values.nextValue());
                }
                return first;
            }
        }));
    }

    public static <T> T readStrict(String json, Class<T> type) {
        return guarded(() -> STRICT.forType(type).readValue(json));
    }

    private static <T> T guarded(Supplier<@Nullable T> reading) {
        try {
            T value = reading.get();
            if (value == null) {
                throw MalformedJsonException.nothing();
            }
            return value;
        } catch (JacksonException e) {
            throw MalformedJsonException.of(e);
        }
    }

    /** The same value; refused with the path of the part that is missing. */
    public static <T> T whole(T value) {
        Whole.missing(value).ifPresent(path -> {
            throw MalformedJsonException.missing(path);
        });
        return value;
    }

    private static ObjectReader reading(ValueDeserializer<String> texts) {
        return MAPPER.rebuild()
                .addModule(new SimpleModule("signalbox-foreign").addDeserializer(String.class, texts))
                .build()
                .reader();
    }

    private static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule("signalbox")
                .setValueInstantiators(new RecordCreators())
                .addSerializer(Duration.class, new DurationJson.Writer())
                .addDeserializer(Duration.class, new DurationJson.Reader())
                .addSerializer(JsonText.class, new JsonText.Writer())
                .addDeserializer(JsonText.class, new JsonText.Reader())
                .addDeserializer(BreakerWindow.Extent.class, new ExtentJson());
        Stream.of(MeshEvent.class, CircuitReason.class, VerdictReason.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .forEach(type -> module.registerSubtypes(new NamedType(type, WireNames.kebab(type.getSimpleName()))));
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(MAX_DEPTH)
                                .maxDocumentLength(MAX_BYTES)
                                .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .annotationIntrospector(new WireNames())
                .addModule(module)
                .addMixIn(Weight.class, Mixins.WeightMixin.class)
                .addMixIn(EdgeId.class, Mixins.EdgeIdMixin.class)
                .addMixIn(MeshEvent.class, Mixins.MeshEventMixin.class)
                .addMixIn(CircuitReason.class, Mixins.ReasonMixin.class)
                .addMixIn(VerdictReason.class, Mixins.ReasonMixin.class)
                .addMixIn(BreakerStatus.class, Mixins.BreakerStatusMixin.class)
                .withConfigOverride(EjectionEnd.class, Json::wordsOfTomorrow)
                .withConfigOverride(RolloutCause.class, Json::wordsOfTomorrow)
                .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    /** A word that only a newer program knows is read as none: the sentence beside it says it. */
    private static void wordsOfTomorrow(MutableConfigOverride words) {
        var _ = words.setFormat(
                JsonFormat.Value.empty().withFeature(JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL));
    }
}
