<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
 <name>lsmap</name>
 <message>
  <source>A prefecture (tottori, 鳥取県, 31), mesh codes (5334,533544), a box (west,south,east,north), or file.gpkg</source>
  <translation>都道府県（tottori、鳥取県、31）、メッシュコード（5334,533544）、範囲（西,南,東,北）、または file.gpkg</translation>
 </message>
 <message>
  <source>Align again even if nothing has changed</source>
  <translation>変更がなくても作り直す</translation>
 </message>
 <message>
  <source>Align the ground</source>
  <translation>地盤データの位置合わせ</translation>
 </message>
 <message>
  <source>Animation</source>
  <translation>アニメーション</translation>
 </message>
 <message>
  <source>Area (empty: the catalogue's)</source>
  <translation>対象地域（空欄: カタログの地域）</translation>
 </message>
 <message>
  <source>As of this full hour (JST), with forecast rain after it</source>
  <translation>この正時（日本時間）現在とし、以後は予測雨量を使用</translation>
 </message>
 <message>
  <source>Catalogue of inputs</source>
  <translation>入力カタログ</translation>
 </message>
 <message>
  <source>Cell of the highest risk</source>
  <translation>リスク最大のメッシュ</translation>
 </message>
 <message>
  <source>Cells at level 4 or 5</source>
  <translation>レベル4・5のメッシュ数</translation>
 </message>
 <message>
  <source>Cells with their snake lines</source>
  <translation>スネークラインを描いたメッシュ数</translation>
 </message>
 <message>
  <source>Check the rain</source>
  <translation>雨量の点検</translation>
 </message>
 <message>
  <source>Day (JST)</source>
  <translation>日付（日本時間）</translation>
 </message>
 <message>
  <source>Days</source>
  <translation>日数</translation>
 </message>
 <message>
  <source>Days that are not valid yet</source>
  <translation>まだ有効でない日数</translation>
 </message>
 <message>
  <source>Days with a cell at level 4 or 5</source>
  <translation>レベル4・5のメッシュがある日数</translation>
 </message>
 <message>
  <source>Doubtful values</source>
  <translation>疑わしい値の数</translation>
 </message>
 <message>
  <source>Draw a picture of every layer into the workspace</source>
  <translation>各レイヤの画像を作業フォルダに描く</translation>
 </message>
 <message>
  <source>File</source>
  <translation>ファイル</translation>
 </message>
 <message>
  <source>First day (JST)</source>
  <translation>最初の日（日本時間）</translation>
 </message>
 <message>
  <source>Folder of the layers</source>
  <translation>レイヤのフォルダ</translation>
 </message>
 <message>
  <source>Folder of the run folders</source>
  <translation>実行フォルダの置き場所</translation>
 </message>
 <message>
  <source>Folder of the season</source>
  <translation>期間のフォルダ</translation>
 </message>
 <message>
  <source>Goes through the archive of hourly rain: which hours are there, where cells have none, the wettest hour and day. The table has a line a day; '#' is an hour with rain data and '.' one without.</source>
  <translation>時間雨量の保存データを点検します: どの時刻があるか、値のないメッシュ、最大の時間雨量と日雨量。表は1日1行で、「#」は雨量のある時刻、「.」はない時刻です。</translation>
 </message>
 <message>
  <source>Inputs</source>
  <translation>入力</translation>
 </message>
 <message>
  <source>Inspect a file</source>
  <translation>ファイルの内容を調べる</translation>
 </message>
 <message>
  <source>Joins days into one QGIS project with a group of layers a day, ready for the temporal controller, with a table of municipalities by day and an animation. Missing days are predicted.</source>
  <translation>複数の日を1つのQGISプロジェクトにまとめます。日ごとのグループ、時系列コントローラ、市区町村の日別表、アニメーション付き。ない日は計算します。</translation>
 </message>
 <message>
  <source>Landslide risk of a day</source>
  <translation>1日の土砂災害リスク</translation>
 </message>
 <message>
  <source>Language of the products</source>
  <translation>成果物の言語</translation>
 </message>
 <message>
  <source>Last day (JST)</source>
  <translation>最後の日（日本時間）</translation>
 </message>
 <message>
  <source>Layers</source>
  <translation>レイヤ数</translation>
 </message>
 <message>
  <source>Load the styled layers</source>
  <translation>凡例付きのレイヤを読み込む</translation>
 </message>
 <message>
  <source>Makes the risk layers, the map and the QGIS project of a day, and whatever step is missing before it. Days and hours are Japan's. Levels are classes of a model and no official warning.</source>
  <translation>1日のリスクレイヤ、地図、QGISプロジェクトを、必要な前段の処理とともに作成します。日時は日本時間です。レベルはモデルによる区分であり、公式の警報・注意報ではありません。</translation>
 </message>
 <message>
  <source>Many days in one project</source>
  <translation>複数の日を1つのプロジェクトに</translation>
 </message>
 <message>
  <source>Map sheet</source>
  <translation>地図</translation>
 </message>
 <message>
  <source>Maps</source>
  <translation>地図</translation>
 </message>
 <message>
  <source>Missing hours</source>
  <translation>欠測時間数</translation>
 </message>
 <message>
  <source>Model file (empty: the catalogue's)</source>
  <translation>モデルファイル（空欄: カタログのもの）</translation>
 </message>
 <message>
  <source>Name a day, or a time that the map is as of.</source>
  <translation>日付、または基準とする時刻を指定してください。</translation>
 </message>
 <message>
  <source>Page</source>
  <translation>ページ</translation>
 </message>
 <message>
  <source>Page of a day</source>
  <translation>1日の報告ページ</translation>
 </message>
 <message>
  <source>Program lsmap (empty: the one on PATH)</source>
  <translation>プログラム lsmap（空欄: PATH にあるもの）</translation>
 </message>
 <message>
  <source>Puts elevation, slope, aspect, soil and vegetation of the catalogue on the MESH3 grid of an area, and reports of each layer its reference system, datum step, coverage and what was out of range.</source>
  <translation>カタログの標高・傾斜・斜面方位・土壌・植生を対象地域の3次メッシュに合わせ、各レイヤの座標参照系、測地系の変換、被覆率、範囲外の値を報告します。</translation>
 </message>
 <message>
  <source>QGIS project</source>
  <translation>QGISプロジェクト</translation>
 </message>
 <message>
  <source>Replace the run folder if it is there</source>
  <translation>実行フォルダがあれば置き換える</translation>
 </message>
 <message>
  <source>Replace the season's folder if it is there</source>
  <translation>期間のフォルダがあれば置き換える</translation>
 </message>
 <message>
  <source>Report</source>
  <translation>報告</translation>
 </message>
 <message>
  <source>Run folder</source>
  <translation>実行フォルダ</translation>
 </message>
 <message>
  <source>Runs the tank model over the rain archive and writes the daily maximum of the soil water index (mm) of each day.</source>
  <translation>雨量の保存データにタンクモデルを適用し、各日の土壌雨量指数の日最大値（mm）を書き出します。</translation>
 </message>
 <message>
  <source>Soil water index</source>
  <translation>土壌雨量指数</translation>
 </message>
 <message>
  <source>Something was missing</source>
  <translation>欠けたデータがあった</translation>
 </message>
 <message>
  <source>Something was missing: the products say what and where.</source>
  <translation>欠けたデータがあります。内容と場所は成果物に記されています。</translation>
 </message>
 <message>
  <source>Table of days</source>
  <translation>日別の表</translation>
 </message>
 <message>
  <source>Tells what a file of JMA (GRIB2), a layer, model or sample file of lsmap, or a landslide inventory holds.</source>
  <translation>気象庁のファイル（GRIB2）、lsmap のレイヤ・モデル・標本ファイル、土砂災害の一覧の内容を示します。</translation>
 </message>
 <message>
  <source>The first day must not be after the last.</source>
  <translation>最初の日は最後の日以前でなければなりません。</translation>
 </message>
 <message>
  <source>Threads (0: all)</source>
  <translation>スレッド数（0: すべて）</translation>
 </message>
 <message>
  <source>Write hourly NetCDF files too</source>
  <translation>1時間ごとのNetCDFも書き出す</translation>
 </message>
 <message>
  <source>Write the three tanks too</source>
  <translation>3段のタンクも書き出す</translation>
 </message>
 <message>
  <source>Writes the run of a day as one HTML page beside its folder: map, municipalities, worst cells with their snake lines, what was missing. The run must be there.</source>
  <translation>1日の結果を実行フォルダの隣に1つのHTMLページとして書き出します: 地図、市区町村、最もリスクの高いメッシュとスネークライン、欠けたデータ。先に計算しておく必要があります。</translation>
 </message>
 <message>
  <source>as the catalogue says</source>
  <translation>カタログに従う</translation>
 </message>
 <message>
  <source>lsmap (landslide-risk maps)</source>
  <translation>lsmap（土砂災害リスク地図）</translation>
 </message>
 <message>
  <source>Import the rain</source>
  <translation>雨量の取り込み</translation>
 </message>
 <message>
  <source>Reads the hourly rain of the catalogue into the archive of an area, day by day; days that have not changed are left alone.</source>
  <translation>カタログの時間雨量を対象地域の保存データに日ごとに取り込みます。変更のない日はそのままです。</translation>
 </message>
 <message>
  <source>Hours</source>
  <translation>時間数</translation>
 </message>
 <message>
  <source>Time that the run is as of (JST)</source>
  <translation>計算の基準時刻（日本時間）</translation>
 </message>
 <message>
  <source>Static layers</source>
  <translation>地盤のレイヤ</translation>
 </message>
</context>
</TS>
