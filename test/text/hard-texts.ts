import fc from "fast-check";

/** Texts on which tokenizers go wrong: scripts, marks, emoji, white space, numbers, code, special tokens. */
export const hardTexts: readonly string[] = [
  "",
  " ",
  "a",
  "Hello, world! How are you today?",
  "We'll, we'LL, I'm, I'M, it's, IT'S, don't, DON'T, you've, they're, he'd, 's't're 'x '",
  "it'\u017f and \u212aelvin",
  "the    end  \n\n  of \t\t a \r\n\r\n line   ",
  "tail\n  ",
  "tail  \n",
  "\r\n\r\n  \r\n x",
  "\u00a0\u00a0x\u00a0 \u3000y\u3000\u3000\u2003z\u2028\u2029q\u1680\u202f",
  "\u0085a\u0085 \ufeffb\ufeff\ufeff \u200bc\u200b\u200d",
  "0 1 12 123 1234 12345 3.14159 1,000,000 ½ Ⅷ ١٢٣٤٥ १२३४ 𝟘𝟙𝟚𝟛",
  "你好，世界！这是一个测试。我们说中文。繁體字與假名カタカナひらがな",
  "مرحبا بالعالم، كيف حالك؟ السَّلامُ عَلَيْكُم",
  "สวัสดีชาวโลก นี่คือการทดสอบ",
  "नमस्ते दुनिया, यह एक परीक्षण है। क्षत्रिय",
  "Привет, мир! Ёлки-палки. ПРОПИСНЫЕ",
  "Γειά σου Κόσμε · ελληνικά",
  "שלום עולם, זה מבחן",
  "안녕하세요 세계, 테스트입니다",
  "e\u0301a\u0300\u0316 Z\u0351\u036b\u0343 \u0301\u0301 !\u0301 n\u0303A\u030a\u0301B",
  "👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 🏳️‍🌈 ☎️ 🫠 #️⃣",
  "𝒜𝓁𝑔𝑒𝒷𝓇𝒶 𐐀𐐨𐐁 𠮷野家 \ud835\udd38B",
  "ǅ ǈa ªA ªªBc AªB ŉ ʰA ᾼ ﬁ ß ẞ İi",
  "ªAAAA ªAAAAb xªAA",
  "camelCase HTTPServer XMLHttpRequest snake_case kebab-case SCREAMING_CASE aB1Cd",
  'for (let i = 0; i < 10; i++) {\n\tconsole.log(`${i}: "x"`); // done\n}\n\n\n',
  "def f(x):\n    return x**2  # square\n\n\nclass A:\n        pass\n",
  "<html><body class='a'>http://example.com/a//b/?q=1&r=2#x</body></html>\n//\n/\r\n/",
  "<|endoftext|> <|endofprompt|><|fim_prefix|>text<|im_start|>user\n<|endoftext|",
  "!!!??? ... ---- ==== ////\n//// \n\\\\ ''' \"\"\" ''' 'll'll",
  "\u0000\u0001\u0007\u001b[31mred\u001b[0m\u007f\u0080\u009f",
  "\u2014\u2018quoted\u2019\u2014 \u201cdouble\u201d\u2026 don\u2019t",
  "\ud800 \udc00 a\ud800b \udfff\ud8ff",
  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
  "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
];

/** What decides between two rules of a pattern, so that random texts meet every rule. */
const critical = [
  ..."aAbBsStTlLdDmMvVrReE'’   \t\n\r\v\f!?/-_.019½ªʰǅßñÑéẞ中あอक١",
  "\u017f",
  "\u0301",
  "\u0903",
  "\u20dd",
  "\u00a0",
  "\u0085",
  "\u2028",
  "\u3000",
  "\ufeff",
  "\u200d",
  "\ud800",
  "\udc00",
  "𐐀",
  "𐐨",
  "𠮷",
  "𝟘",
  "👍",
  "🏽",
  "'ll",
  "'Re",
  "\r\n",
  "<|endoftext|>",
];

/** Random text, half of it from the characters that matter to the patterns, half from all of Unicode. */
export const roughText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...critical) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
      { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 3 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));
