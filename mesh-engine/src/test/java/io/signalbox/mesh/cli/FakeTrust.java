package io.signalbox.mesh.cli;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.Trust;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Duration;
import java.util.List;

/** Lets in whoever is asked for, and keeps what it was asked. */
final class FakeTrust implements Trust {

    static final String SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";

    private final List<String> asked;

    FakeTrust(List<String> asked) {
        this.asked = asked;
    }

    @Override
    public NewToken createToken(TokenRequest request, ChangeNote note) {
        asked.add("create " + request.name().orElse("-") + " " + request.scope().text() + " " + request.lifetime() + " "
                + request.uses() + " by " + note.by() + " " + note.reason());
        return new NewToken(token(TokenInfo.State.ACTIVE), SECRET);
    }

    @Override
    public List<TokenInfo> tokens() {
        return List.of(token(TokenInfo.State.ACTIVE), token(TokenInfo.State.EXPIRED));
    }

    @Override
    public TokenInfo revokeToken(String name, ChangeNote note) {
        asked.add("revoke " + name + " by " + note.by() + " " + note.reason());
        return token(TokenInfo.State.REVOKED);
    }

    @Override
    public AuthorityInfo authority() {
        return info(AuthorityInfo.Phase.STEADY);
    }

    @Override
    public AuthorityInfo rollAuthority(Duration overlap, ChangeNote note) {
        asked.add("roll " + overlap + " by " + note.by() + " " + note.reason());
        return info(AuthorityInfo.Phase.TELLING);
    }

    @Override
    public List<RevokedIdentity> revokedIdentities() {
        return List.of(new RevokedIdentity("cart", Fixtures.NOON, "mira", "stolen"));
    }

    @Override
    public RevokedIdentity revokeIdentity(String service, ChangeNote note) {
        asked.add("revoke identity " + service + " by " + note.by() + " " + note.reason());
        return new RevokedIdentity(service, Fixtures.NOON, note.by(), note.reason());
    }

    @Override
    public RevokedIdentity restoreIdentity(String service, ChangeNote note) {
        asked.add("restore identity " + service + " by " + note.by() + " " + note.reason());
        return new RevokedIdentity(service, Fixtures.NOON, note.by(), note.reason());
    }

    private static AuthorityInfo info(AuthorityInfo.Phase phase) {
        return new AuthorityInfo(
                1,
                phase,
                List.of(new AuthorityInfo.Root("ab12", Fixtures.NOON, AuthorityInfo.Role.SIGNS)),
                Fixtures.NOON,
                Fixtures.NOON,
                "mira",
                "yearly",
                3);
    }

    @Override
    public List<CertificateInfo> certificates(int limit) {
        return List.of(new CertificateInfo(
                1,
                "1f",
                "spiffe://shop.signalbox/service/cart",
                "cart",
                "cart-1",
                "join-cart",
                "join-cart",
                Fixtures.NOON,
                Fixtures.NOON.plusSeconds(3_600),
                CertificateInfo.State.ACTIVE));
    }

    private static TokenInfo token(TokenInfo.State state) {
        return new TokenInfo(
                "ci",
                "operate",
                TokenInfo.Uses.MANY,
                state,
                "mira",
                "deploys",
                Fixtures.NOON,
                Fixtures.NOON.plusSeconds(3_600));
    }
}
