package io.signalbox.mesh.routing;

import io.signalbox.mesh.model.PathTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A path template with its fixed segments in canonical form. Immutable. */
final class PathShape {

    /** By segment: the text it must be; {@code null} for a variable. */
    private final List<Piece> pieces;

    private PathShape(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** @param literal the canonical text of a fixed segment, or {@code null} for a variable */
    private record Piece(String name, @Nullable String literal) {}

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PathShape shape && pieces.equals(shape.pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }

    static PathShape of(PathTemplate template) {
        return of(template, segment -> RequestPath.canonical("/" + segment).substring(1));
    }

    /** @param form the one in which fixed segments are compared */
    static PathShape of(PathTemplate template, UnaryOperator<String> form) {
        List<Piece> pieces = new ArrayList<>();
        for (String segment : template.segments()) {
            pieces.add(
                    PathTemplate.isVariable(segment)
                            ? new Piece(PathTemplate.nameOf(segment), null)
                            : new Piece("", form.apply(segment)));
        }
        return new PathShape(pieces);
    }

    /** The same for paths at whose end no slash is kept. */
    PathShape withoutLastSlash() {
        boolean ends = pieces.size() > 1 && "".equals(pieces.getLast().literal());
        return ends ? new PathShape(pieces.subList(0, pieces.size() - 1)) : this;
    }

    boolean matches(String canonicalPath) {
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            if (at >= canonicalPath.length() || canonicalPath.charAt(at) != '/') {
                return false;
            }
            int end = segmentEnd(canonicalPath, at + 1);
            String literal = pieces.get(i).literal();
            boolean holds = literal == null
                    ? end > at + 1
                    : end - at - 1 == literal.length() && canonicalPath.startsWith(literal, at + 1);
            if (!holds) {
                return false;
            }
            at = end;
        }
        return at == canonicalPath.length();
    }

    /** What each variable took of a path that matches. */
    Map<String, String> variables(String canonicalPath) {
        Map<String, String> taken = new LinkedHashMap<>();
        int at = 0;
        for (Piece piece : pieces) {
            int end = segmentEnd(canonicalPath, at + 1);
            if (piece.literal() == null) {
                taken.put(piece.name(), canonicalPath.substring(at + 1, end));
            }
            at = end;
        }
        return taken;
    }

    /** Whether every path of the other shape is one of this. */
    boolean covers(PathShape other) {
        if (pieces.size() != other.pieces.size()) {
            return false;
        }
        for (int i = 0; i < pieces.size(); i++) {
            String own = pieces.get(i).literal();
            String others = other.pieces.get(i).literal();
            boolean holds = own == null ? others == null || !others.isEmpty() : own.equals(others);
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    /** The beginning that all its paths share, up to the first variable, without a slash at its end. */
    String fixedBeginning() {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            if (piece.literal() == null || piece.literal().isEmpty()) {
                break;
            }
            text.append('/').append(piece.literal());
        }
        return text.toString();
    }

    private static int segmentEnd(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
