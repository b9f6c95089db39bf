package io.versor.engine.media;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An encoding of media that can be told by its first bytes. */
public enum MediaFormat {
  JPEG(Kind.IMAGE, "jpeg", "jpg"),
  PNG(Kind.IMAGE, "png", "png"),
  GIF(Kind.IMAGE, "gif", "gif"),
  WEBP(Kind.IMAGE, "webp", "webp"),
  BMP(Kind.IMAGE, "bmp", "dib"),
  TIFF(Kind.IMAGE, "tiff", "tif"),
  WAV(Kind.AUDIO, "wav", "wave"),
  FLAC(Kind.AUDIO, "flac", "flac"),
  MP3(Kind.AUDIO, "mp3", "mpeg"),
  MP4(Kind.VIDEO, "mp4", "m4v"),
  AVI(Kind.VIDEO, "avi", "avi");

  /** What the bytes are for. */
  public enum Kind {
    /** Shape {@code [height, width, channels]}. */
    IMAGE,
    /** Shape {@code [samples, channels]}. */
    AUDIO,
    /** Shape {@code [frames, height, width, channels]}. */
    VIDEO
  }

  private final Kind kind;
  private final String mediaType;
  private final String alias;

  MediaFormat(Kind kind, String mediaType, String alias) {
    this.kind = kind;
    this.mediaType = mediaType;
    this.alias = alias;
  }

  public Kind kind() {
    return kind;
  }

  /** The word a user writes in {@code IMAGE('jpeg')}. */
  public String mediaType() {
    return mediaType;
  }

  /** Endings of its files, the customary one first. */
  public Stream<String> endings() {
    return this == JPEG || this == TIFF
        ? Stream.of(alias, mediaType)
        : Stream.of(mediaType, alias).distinct();
  }

  /** The format of a word or file ending, {@code jpg} and {@code JPEG} alike. */
  public static Optional<MediaFormat> find(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (MediaFormat format : values()) {
      if (format.mediaType.equals(lower) || format.alias.equals(lower)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
