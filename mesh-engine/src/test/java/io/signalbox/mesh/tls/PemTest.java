package io.signalbox.mesh.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.time.ManualTime;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.junit.jupiter.api.Test;

class PemTest {

    private final PrivateKey key = new MeshCertificateAuthority("mesh", new ManualTime(), new SecureRandom())
            .issue("cart", "cart-1")
            .key();

    @Test
    void anEcKeyInTheOlderFormOfOpenSslIsRead() throws Exception {
        PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
        ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
        ECPrivateKey sec1 = new ECPrivateKey(
                256, bare.getKey(), info.getPrivateKeyAlgorithm().getParameters());
        String parameters = block(
                "EC PARAMETERS",
                info.getPrivateKeyAlgorithm().getParameters().toASN1Primitive().getEncoded());

        PrivateKey read = Pem.privateKey("key", parameters + block("EC PRIVATE KEY", sec1.getEncoded()));

        assertThat(((java.security.interfaces.ECPrivateKey) read).getS())
                .isEqualTo(((java.security.interfaces.ECPrivateKey) key).getS());
    }

    @Test
    void anEncryptedKeyIsRefusedWithTheReason() throws Exception {
        assertThatThrownBy(() -> Pem.privateKey("key", encryptedPkcs8()))
                .hasMessage("key: an encrypted key (expected: an unencrypted PEM key, -----BEGIN PRIVATE KEY-----)");
        assertThatThrownBy(() -> Pem.privateKey("key", encryptedInTheOlderForm()))
                .hasMessageStartingWith("key: an encrypted key");
    }

    private String encryptedPkcs8() throws Exception {
        String algorithm = "PBEWithSHA1AndDESede";
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(
                Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("secret".toCharArray())));
        byte[] encrypted = cipher.doFinal(key.getEncoded());
        return block(
                "ENCRYPTED PRIVATE KEY", new EncryptedPrivateKeyInfo(cipher.getParameters(), encrypted).getEncoded());
    }

    private String encryptedInTheOlderForm() throws Exception {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(
                    key,
                    new JcePEMEncryptorBuilder("AES-128-CBC")
                            .setProvider(new BouncyCastleProvider())
                            .build("secret".toCharArray()));
        }
        return text.toString();
    }

    private static String block(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }
}
